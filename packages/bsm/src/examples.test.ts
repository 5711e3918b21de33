import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startFakeAws } from '@bsm/testing';
import { expect, test, vi } from 'vitest';

test('the README shows who a role is and the buckets of its account, for one AssumeRole call', async () => {
  await using aws = await startFakeAws({ accounts: [{ accountId: '123456789012', buckets: ['site', 'backup'] }] });
  const alice = aws.addUser({ accountId: '111122223333', userName: 'alice' });
  aws.addRole({ accountId: '123456789012', roleName: 'release', trust: alice.arn });
  await using _config = await useProfile('dev', aws.clientConfig(alice));
  vi.stubEnv('AWS_ENDPOINT_URL', aws.endpoint);

  const printed = await printedBy(() => import('../examples/list-buckets-of-role.js'));

  expect(printed).toContain('AWS Account Id = 12********12\n');
  expect(printed).toMatch(/\nbackup\nsite\n$|\nsite\nbackup\n$/);
  expect(printed).not.toContain('123456789012');
  expect(aws.count('AssumeRole')).toBe(1);
});

test('the README shows one object with a client for every service', async () => {
  await using aws = await startFakeAws({ accounts: [{ accountId: '123456789012', buckets: ['site'] }] });
  const alice = aws.addUser({ accountId: '111122223333', userName: 'alice' });
  aws.addRole({ accountId: '123456789012', roleName: 'release', trust: alice.arn });
  await using _config = await useProfile('dev', aws.clientConfig(alice));
  vi.stubEnv('AWS_ENDPOINT_URL', aws.endpoint);

  const printed = await printedBy(() => import('../examples/one-object.js'));

  expect(printed).toMatch(/^arn:aws:sts::12\*{8}12:assumed-role\/release\/.+\nsite\n$/);
});

async function printedBy(program: () => Promise<unknown>): Promise<string> {
  let printed = '';
  vi.spyOn(console, 'log').mockImplementation((line) => {
    printed += `${line}\n`;
  });
  vi.spyOn(process.stdout, 'write').mockImplementation((text, done) => {
    printed += String(text);
    if (typeof done === 'function') process.nextTick(done);
    return true;
  });
  await program().finally(() => vi.restoreAllMocks());
  return printed;
}

interface ProfileSettings {
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly region: string;
}

async function useProfile(name: string, { credentials, region }: ProfileSettings): Promise<AsyncDisposable> {
  const directory = await mkdtemp(join(tmpdir(), 'bsm-example-'));
  const lines = [
    `[profile ${name}]`,
    `region = ${region}`,
    `aws_access_key_id = ${credentials.accessKeyId}`,
    `aws_secret_access_key = ${credentials.secretAccessKey}`,
  ];
  await writeFile(join(directory, 'config'), lines.join('\n'));
  vi.stubEnv('AWS_CONFIG_FILE', join(directory, 'config'));
  return { [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }) };
}
