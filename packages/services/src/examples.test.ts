import { fileURLToPath } from 'node:url';
import { createSession } from '@bsm/core-cache';
import { type FakeAws, startFakeAws } from '@bsm/testing';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { countBuckets } from '../examples/clients-in-a-bundle.js';
import { createFakeProject } from './fixtures/fake-project.js';

const { argv } = process;
let aws: FakeAws;

beforeEach(async () => {
  aws = await startFakeAws();
});

afterEach(async () => {
  process.argv = argv;
  vi.restoreAllMocks();
  await aws.close();
});

test('the README lists buckets with a client by name', async () => {
  const me = aws.addUser({ accountId: '123456789012', userName: 'me' });
  const keys = [`aws_access_key_id = ${me.accessKeyId}`, `aws_secret_access_key = ${me.secretAccessKey}`];
  const config = createFakeProject().write('config', ['[profile staging]', 'region = us-east-1', ...keys].join('\n'));
  vi.stubEnv('AWS_CONFIG_FILE', config);
  vi.stubEnv('AWS_ENDPOINT_URL', aws.endpoint);
  const printed = vi.spyOn(console, 'log').mockReturnValue();
  process.argv = [process.execPath, fileURLToPath(new URL('../examples/client-by-name.ts', import.meta.url))];
  await import('../examples/client-by-name.js');
  expect(printed.mock.calls).toEqual([[0, 'buckets'], [true]]);
});

test('the README counts buckets from a bundle', async () => {
  const me = aws.addUser({ accountId: '123456789012', userName: 'me' });
  const { credentials, endpoint } = aws.clientConfig(me);
  using session = createSession({
    region: 'us-east-1',
    credentials,
    clientDefaults: { endpoint, forcePathStyle: true },
  });
  expect(await countBuckets(session)).toBe(0);
});
