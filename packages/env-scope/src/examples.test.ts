import { startFakeAws } from '@bsm/testing';
import { afterEach, expect, test, vi } from 'vitest';
import { useProcessEnv } from './fixtures/process-env.js';
import { withSharedFile } from './fixtures/shared-files.js';

const environment = useProcessEnv();

afterEach(() => {
  vi.restoreAllMocks();
});

test('the README gives a child the role of the profile, and its region', async () => {
  await using aws = await startFakeAws();
  const user = aws.addUser({ accountId: '111122223333', userName: 'dev' });
  const role = aws.addRole({ accountId: '444455556666', roleName: 'deploy', trust: { principals: user.arn } });
  const keys = { aws_access_key_id: user.accessKeyId, aws_secret_access_key: user.secretAccessKey };
  let printed = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
  const deploy = { role_arn: role.arn, source_profile: 'dev', region: 'eu-west-1' };
  await withSharedFile({ dev: keys, deploy }, async (path) => {
    environment.set({ AWS_CONFIG_FILE: path, AWS_ENDPOINT_URL: aws.endpoint });
    await import('../examples/child-with-credentials.js');
  });
  expect(printed).toBe('eu-west-1\n');
  expect(aws.count('AssumeRole')).toBe(1);
});

test('the README gives code that reads the environment the keys of the profile', async () => {
  const keys = { aws_access_key_id: 'AKIAIOSFODNN7EXAMPLE', aws_secret_access_key: 'secret' };
  await withSharedFile({ dev: { region: 'eu-west-1', ...keys } }, async (path) => {
    environment.set({ AWS_CONFIG_FILE: path });
    const { usedKey } = await import('../examples/scoped-environment.js');
    expect(usedKey).toBe('AKIAIOSFODNN7EXAMPLE');
  });
});
