import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useFakeAws } from './fixtures/fake-aws-sessions.js';

const EXAMPLE = new URL('../examples/who-is-it.ts', import.meta.url);
const fake = useFakeAws();
let directory: string;
let printed: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'bsm-example-'));
  printed = '';
  vi.spyOn(console, 'log').mockImplementation((...words) => {
    printed += `${words.join(' ')}\n`;
  });
  vi.spyOn(process.stdout, 'write').mockImplementation((text, done) => {
    printed += String(text);
    if (typeof done === 'function') process.nextTick(done);
    return true;
  });
});

afterEach(async () => {
  vi.restoreAllMocks();
  vi.resetModules();
  await rm(directory, { recursive: true, force: true });
});

async function runExampleAs(accountId: string): Promise<void> {
  fake.aws.addAccount({ accountId, alias: 'my-alias' });
  const me = fake.aws.addUser({ accountId, userName: 'me' });
  const file = join(directory, 'config');
  const keys = [`aws_access_key_id = ${me.accessKeyId}`, `aws_secret_access_key = ${me.secretAccessKey}`];
  await writeFile(file, ['[profile staging]', 'region = us-east-1', ...keys].join('\n'));
  vi.stubEnv('AWS_CONFIG_FILE', file);
  vi.stubEnv('AWS_ENDPOINT_URL', fake.aws.endpoint);
  await import('../examples/who-is-it.js');
}

test('the README shows what is printed, but for the random user id, for one call each', async () => {
  await runExampleAs('123456789012');
  const shown = [...(await readFile(EXAMPLE, 'utf8')).matchAll(/\/\/ (.* = .*|user me)\n/g)];
  expect(
    printed
      .replace(/AIDA\*{3}\w{4}/, 'AIDA***MPLE')
      .trimEnd()
      .split('\n'),
  ).toEqual(shown.map(([, line]) => line));
  expect(fake.aws.requests.map(({ operation }) => operation)).toEqual(['GetCallerIdentity', 'ListAccountAliases']);
});

test('the README stops in another account before it prints anything', async () => {
  await expect(runExampleAs('444455556666')).rejects.toMatchObject({ code: 'ERR_BSM_ACCOUNT_MISMATCH' });
  expect(printed).toBe('');
});
