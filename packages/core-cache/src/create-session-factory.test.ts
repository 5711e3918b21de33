import { expect, test, vi } from 'vitest';
import { createSessionFactory } from './create-session-factory.js';
import type { DefaultCredentialsOptions } from './default-credentials.js';
import { createCountingSource } from './fixtures/sources.js';

test('gives its own source what a session was given', async () => {
  const asked: DefaultCredentialsOptions[] = [];
  const source = createCountingSource();
  const createSession = createSessionFactory({
    defaultCredentials(options) {
      asked.push(options);
      return source;
    },
  });
  const mfaToken = (): string => '123456';
  const session = createSession({
    profile: 'dev',
    region: 'cn-north-1',
    mfaToken,
    clientDefaults: { endpoint: 'http://x' },
  });
  expect(asked).toMatchObject([{ profile: 'dev', mfaToken, endpoint: 'http://x' }]);
  expect(await asked[0]?.region()).toBe('cn-north-1');
  expect(source.calls()).toBe(0);
  await session.credentials();
  expect(source.calls()).toBe(1);
});

test('does not ask for a source when there are credentials', () => {
  const createSession = createSessionFactory({ defaultCredentials: () => expect.unreachable() });
  createSession({ credentials: createCountingSource() });
});

test('what an options object inherits counts like what it has', async () => {
  const createSession = createSessionFactory({
    defaultCredentials: () => createCountingSource({ expiration: new Date(61_000) }),
  });
  class Settings {
    readonly clock = { now: () => 1_000 };
    get region(): string {
      return 'eu-west-1';
    }
    get clientDefaults(): object {
      return { maxAttempts: 7 };
    }
  }
  const session = createSession(Object.create(new Settings()));
  expect(await session.region()).toBe('eu-west-1');
  expect(session.clientDefaults).toEqual({ maxAttempts: 7 });
  await session.credentials();
  expect([session.isExpired(59), session.isExpired(60)]).toEqual([false, true]);
});

test('a session looks at the environment when it is used, not when it is made', async () => {
  const createSession = createSessionFactory({ defaultCredentials: () => createCountingSource() });
  const session = createSession();
  vi.stubEnv('AWS_REGION', 'eu-west-1');
  expect(await session.region()).toBe('eu-west-1');
});
