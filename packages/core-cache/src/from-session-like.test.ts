import { STSClient } from '@aws-sdk/client-sts';
import { startFakeAws } from '@bsm/testing';
import { expect, test } from 'vitest';
import { createSession } from './create-session.js';
import { caught } from './fixtures/caught.js';
import { createCountingSource } from './fixtures/sources.js';
import { fromSessionLike } from './from-session-like.js';
import { createSharedCredentials } from './shared-credentials.js';

const keys = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x' };

test('a session is itself', () => {
  const session = createSession({ credentials: keys, region: 'eu-west-1' });
  expect(fromSessionLike(session)).toBe(session);
  expect(fromSessionLike(session.withRegion('us-east-1'))).toBe(session.withRegion('us-east-1'));
});

test('the same object has the same private session, another one another', async () => {
  const like = { credentials: createCountingSource(), region: 'eu-west-1' };
  const session = fromSessionLike(like);
  expect(fromSessionLike(like)).toBe(session);
  expect(fromSessionLike({ ...like })).not.toBe(session);
  expect(await session.region()).toBe('eu-west-1');
  await Promise.all([session.credentials(), session.credentials()]);
  expect(like.credentials.calls()).toBe(1);
});

test('the clientConfig of a session shares its credentials', () => {
  const session = createSession({ credentials: keys, region: 'eu-west-1' });
  expect(fromSessionLike(session.clientConfig).credentials).toBe(session.credentials);
  const shared = createSharedCredentials(createCountingSource());
  expect(fromSessionLike({ credentials: shared, region: async () => 'eu-west-1' }).credentials).toBe(shared);
});

test('the configuration of a client of the SDK is like a session', async () => {
  await using aws = await startFakeAws();
  const alice = aws.addUser({ accountId: '111122223333', userName: 'alice' });
  const sts = new STSClient(aws.clientConfig(alice));
  const session = fromSessionLike(sts.config);
  expect((await session.credentials()).accessKeyId).toBe(alice.accessKeyId);
  expect(await session.region()).toBe('us-east-1');
  sts.destroy();
});

test.each([
  [{ credentials: 'x', region: 'eu-west-1' }, 'credentials'],
  [{ credentials: { accessKeyId: 'x' }, region: 'eu-west-1' }, 'credentials'],
  [{ credentials: keys, region: 'evil.com/' }, 'region'],
  [{ region: 'eu-west-1' }, 'source'],
  ['text', 'source'],
  [null, 'source'],
])('%j is refused', async (source, option) => {
  const error = await caught(() => fromSessionLike(source as never));
  expect(error).toMatchObject({ code: 'ERR_BSM_OPTION_INVALID', details: { option } });
  expect((error as Error).message).toContain('fromSessionLike');
});
