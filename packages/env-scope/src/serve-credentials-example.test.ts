import { startFakeAws } from '@bsm/testing';
import { afterEach, expect, test, vi } from 'vitest';
import { useProcessEnv } from './fixtures/process-env.js';
import { withSharedFile } from './fixtures/shared-files.js';

const environment = useProcessEnv();

afterEach(() => {
  vi.restoreAllMocks();
});

test('the README gives each child a URL of its own, for one AssumeRole', async () => {
  await using aws = await startFakeAws();
  const user = aws.addUser({ accountId: '111122223333', userName: 'dev' });
  aws.addRole({ accountId: '444455556666', roleName: 'deploy', trust: { principals: user.arn } });
  const keys = { aws_access_key_id: user.accessKeyId, aws_secret_access_key: user.secretAccessKey };
  let printed = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
  await withSharedFile({ dev: { region: 'eu-west-1', ...keys } }, async (path) => {
    environment.set({ AWS_CONFIG_FILE: path, AWS_ENDPOINT_URL: aws.endpoint });
    await import('../examples/endpoint-for-children.js');
  });
  const [first, second, ...rest] = printed.split('\n');
  expect([first, second, rest]).toEqual([
    expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/1\/session$/),
    expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/2\/audit$/),
    [''],
  ]);
  expect(aws.count('AssumeRole')).toBe(1);
});
