import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { principalKey } from './credentials.js';
import { allTextOf, printed } from './fixtures/all-text-of.js';
import { caught } from './fixtures/caught.js';
import { parseCredentials, parseExpiration } from './parse-credentials.js';

const secret: string = randomUUID();
const keys = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: secret };
const NOW = Date.UTC(2026, 10, 21);

test('keeps what the SDK can use, and copies it', () => {
  const expiration = new Date(NOW + 1);
  const answer = {
    ...keys,
    sessionToken: 't',
    expiration,
    accountId: '111122223333',
    credentialScope: 's',
    $source: { A: 'a' },
    other: 1,
  };
  const { credentials, principal } = parseCredentials(answer, NOW);
  expect({ ...credentials }).toEqual({ ...answer, other: undefined });
  expect(Object.keys(credentials)).not.toContain('other');
  expect(credentials.expiration).not.toBe(expiration);
  expect(Object.isFrozen(credentials)).toBe(false);
  expect(principal).toBeUndefined();
  expiration.setTime(0);
  answer.secretAccessKey = 'changed';
  expect(credentials).toMatchObject({ secretAccessKey: secret, expiration: new Date(NOW + 1) });
  expect(printed(credentials)).not.toContain(secret);
});

test.each([
  ['undefined', undefined, 'no accessKeyId'],
  ['null', null, 'no accessKeyId'],
  ['a text', secret, 'no accessKeyId'],
  ['an empty object', {}, 'no accessKeyId, no secretAccessKey'],
  ['half a pair', { accessKeyId: 'x' }, 'no accessKeyId, no secretAccessKey'],
  ['the other half', { secretAccessKey: secret }, 'no accessKeyId, no secretAccessKey'],
  ['an empty key', { accessKeyId: '', secretAccessKey: secret }, 'no accessKeyId, no secretAccessKey'],
  ['a key that is no text', { accessKeyId: 1, secretAccessKey: { secret } }, 'no accessKeyId, no secretAccessKey'],
  ['an array', [secret], 'no accessKeyId, no secretAccessKey'],
  ['an answer of STS', { AccessKeyId: 'x', SecretAccessKey: secret }, 'no accessKeyId, no secretAccessKey'],
  ['a whole answer of STS', { Credentials: { SecretAccessKey: secret } }, 'no accessKeyId, no secretAccessKey'],
  ['a token that is no text', { ...keys, sessionToken: [secret] }, 'no text as sessionToken'],
  ['an end that is no date', { ...keys, expiration: secret }, 'an expiration that is neither'],
  ['an end as a number', { ...keys, expiration: NOW + 1 }, 'an expiration that is neither'],
  ['an invalid date', { ...keys, expiration: new Date(Number.NaN) }, 'an expiration that is neither'],
  ['an end without an offset', { ...keys, expiration: '2099-01-01T00:00:00' }, 'an expiration that is neither'],
])('refuses %s without quoting it', async (_name, answer, says) => {
  const error = await caught(() => parseCredentials(answer, NOW));
  expect(error).toMatchObject({ code: 'ERR_BSM_CREDENTIALS_INVALID', retryable: true });
  expect((error as Error).message).toContain(says);
  expect(allTextOf(error)).not.toContain(secret);
});

test.each([NOW, NOW - 1, 0])('refuses credentials that have ended (%s)', async (end) => {
  const error = await caught(() => parseCredentials({ ...keys, expiration: new Date(end) }, NOW));
  const expiration = new Date(end).toISOString();
  expect(error).toMatchObject({ code: 'ERR_BSM_CREDENTIALS_EXPIRED', retryable: true, details: { expiration } });
});

test.each([
  ['2026-11-21T20:00:00Z', Date.UTC(2026, 10, 21, 20)],
  ['2026-11-21T20:00:00.123Z', Date.UTC(2026, 10, 21, 20, 0, 0, 123)],
  ['2026-11-21T20:00:00+00:00', Date.UTC(2026, 10, 21, 20)],
  ['2026-11-21T20:00:00-0130', Date.UTC(2026, 10, 21, 21, 30)],
  ['2026-11-21T20:00:00UTC', Date.UTC(2026, 10, 21, 20)],
  [' 2026-11-21t20:00z\n'.toUpperCase(), Date.UTC(2026, 10, 21, 20)],
])('reads the end %j', (text, expected) => {
  expect(parseExpiration(text)?.getTime()).toBe(expected);
});

test.each([undefined, null])('%s is no end', (value) => {
  expect(parseExpiration(value)).toBeUndefined();
  expect(parseCredentials({ ...keys, expiration: value, sessionToken: value }, NOW).credentials).toEqual(keys);
});

const principal = { accountId: '111122223333', arn: 'arn:aws:iam::111122223333:user/alice', userId: 'AIDA' };

test('takes over who the source speaks for, and its account', () => {
  const parsed = parseCredentials({ ...keys, [principalKey()]: { ...principal, extra: 1 } }, NOW);
  expect(parsed.principal).toEqual(principal);
  expect(parsed.credentials.accountId).toBe('111122223333');
  const own = parseCredentials({ ...keys, accountId: '444455556666', [principalKey()]: principal }, NOW);
  expect(own.credentials.accountId).toBe('444455556666');
});

test.each([null, 'x', 1, {}, { accountId: '111122223333' }, { ...principal, arn: '' }, { ...principal, userId: 1 }])(
  'a principal that is not whole counts as not said: %j',
  (value) => {
    expect(parseCredentials({ ...keys, [principalKey()]: value }, NOW).principal).toBeUndefined();
  },
);
