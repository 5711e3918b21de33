import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FakeAws, startFakeAws } from '@bsm/testing';
import { createSession, setDefaultSession } from 'bsm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

let aws: FakeAws;
let directory: string;
let printed: string;

beforeEach(async () => {
  aws = await startFakeAws({
    accounts: [
      { accountId: '111122223333', alias: 'base', buckets: ['logs'] },
      { accountId: '444455556666', buckets: ['site', 'backup'] },
    ],
  });
  const me = aws.addUser({ accountId: '111122223333', userName: 'me' });
  aws.addRole({ accountId: '444455556666', roleName: 'deploy', trust: me.arn });
  directory = await mkdtemp(join(tmpdir(), 'bsm-examples-'));
  await useConfigFile(me.arn);
  vi.stubEnv('AWS_ENDPOINT_URL', aws.endpoint);
  printed = '';
  const keepLine = (line: string): void => {
    printed += `${line}\n`;
  };
  vi.spyOn(console, 'log').mockImplementation(keepLine);
  vi.spyOn(console, 'error').mockImplementation(keepLine);
  vi.spyOn(process.stdout, 'write').mockImplementation((text, ...rest: unknown[]) => {
    printed += String(text);
    const written = rest.find((argument) => typeof argument === 'function');
    if (written !== undefined) process.nextTick(written);
    return true;
  });
});

afterEach(async () => {
  vi.restoreAllMocks();
  vi.resetModules();
  process.exitCode = undefined;
  await aws.close();
  await rm(directory, { recursive: true, force: true });
});

async function useConfigFile(arn: string): Promise<void> {
  const { credentials, region } = aws.clientConfig(arn);
  const profile = [
    '[profile base]',
    `region = ${region}`,
    `aws_access_key_id = ${credentials.accessKeyId}`,
    `aws_secret_access_key = ${credentials.secretAccessKey}`,
  ];
  const file = join(directory, 'config');
  await writeFile(file, profile.join('\n'));
  vi.stubEnv('AWS_CONFIG_FILE', file);
}

function runCommand(...args: readonly string[]): Promise<unknown> {
  vi.spyOn(process, 'argv', 'get').mockReturnValue(['node', 'list-buckets', ...args]);
  return import('./list-buckets.js');
}

describe('the examples of the README', () => {
  it('quick-start assumes the role once and lists the buckets of its account', async () => {
    await import('./quick-start.js');
    expect(printed).toContain('44********66');
    expect(printed).toContain('site\nbackup\n');
    expect(printed).not.toContain('444455556666');
    expect(aws.count('AssumeRole')).toBe(1);
  });

  it('bucketNames works with a session', async () => {
    const { bucketNames } = await import('./bucket-names.js');
    expect(await bucketNames(createSession({ profile: 'base' }))).toEqual(['logs']);
  });

  it('bucketNames works without a session', async () => {
    const { bucketNames } = await import('./bucket-names.js');
    setDefaultSession(createSession({ profile: 'base' }));
    expect(await bucketNames()).toEqual(['logs']);
    setDefaultSession(undefined);
  });

  it('list-buckets uses the profile that was asked for', async () => {
    await runCommand('--profile', 'base');
    expect(printed).toContain('logs\n');
  });

  it('list-buckets tells what is wrong with a profile, and fails', async () => {
    await runCommand('--profile', 'absent');
    expect(printed).toMatch(/^ERR_BSM_\w+: .*absent/);
    expect(process.exitCode).toBe(1);
  });
});
