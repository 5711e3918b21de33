import { S3Client } from '@aws-sdk/client-s3';
import { isBsmError } from '@bsm/core-cache';
import { describe, expect, it, vi } from 'vitest';
import { caught } from './fixtures/caught.js';
import { EXAMPLE_SECRET, EXPIRATION, exampleSession, TEMPORARY } from './fixtures/example-session.js';
import { createSeededRandom } from './fixtures/seeded-random.js';
import { fromSnapshot, type Snapshot, toSnapshot } from './index.js';

const BARE: Snapshot = {
  region_name: 'eu-west-1',
  aws_access_key_id: 'ASIAIOSFODNN7EXAMPLE',
  aws_secret_access_key: EXAMPLE_SECRET,
  aws_session_token: 'token',
};
const NOW = Date.parse('2030-01-01T00:00:00Z');

/** A snapshot that ends an hour from {@link NOW}. */
const HOUR: Snapshot = { ...BARE, expiration_time: '2030-01-01T01:00:00+00:00' };

function virtualClock(): { now(): number; time: number } {
  const clock = { time: NOW, now: () => clock.time };
  return clock;
}

describe('fromSnapshot', () => {
  it('restores what was taken', async () => {
    const taken = await toSnapshot(exampleSession());
    const session = fromSnapshot(taken);
    expect(await session.credentials()).toEqual(TEMPORARY);
    expect(await session.region()).toBe('eu-west-1');
    expect(await toSnapshot(session)).toEqual(taken);
    expect(session.parent).toBeUndefined();
  });

  it('gives back every snapshot as it was, also through JSON', async () => {
    const random = createSeededRandom(5);
    const text = (characters: string): string =>
      Array.from(
        { length: 1 + Math.floor(random() * 60) },
        () => characters[Math.floor(random() * characters.length)],
      ).join('');
    const visible = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index)).join('');
    for (let round = 0; round < 500; round++) {
      const snapshot: Snapshot = {
        region_name: random() < 0.2 ? null : `eu-west-${round}`,
        aws_access_key_id: text(visible),
        aws_secret_access_key: text(`${visible}\u00e9\u{1F511}\n "\\`),
        ...(random() < 0.7 && { aws_session_token: text(visible) }),
        ...(random() < 0.7 && { expiration_time: `20${30 + Math.floor(random() * 60)}-01-31T08:00:00.250+00:00` }),
      };
      const restored = fromSnapshot(JSON.parse(JSON.stringify(snapshot)) as Snapshot);
      expect(await toSnapshot(restored)).toEqual(snapshot);
    }
  });

  it('knows when it ends, before it is used and after', async () => {
    const clock = virtualClock();
    const session = fromSnapshot(HOUR, { clock });
    expect(session.isExpired()).toBe(false);
    expect(session.isExpired(3_599)).toBe(false);
    expect(session.isExpired(3_600)).toBe(true);
    expect(session.credentials.expiration).toEqual(new Date(NOW + 3_600_000));
    clock.time += 3_599_999;
    expect((await session.credentials()).sessionToken).toBe('token');
    clock.time += 1;
    expect(session.isExpired()).toBe(true);
    const error = await caught(() => session.credentials());
    expect(error.code).toBe('ERR_BSM_CREDENTIALS_EXPIRED');
    expect(error.message).toContain('2030-01-01T01:00:00.000Z');
  });

  it('is an error that says when it ended, for a client too', async () => {
    const ended = { ...BARE, expiration_time: '2020-05-01T00:00:00+00:00' };
    const session = fromSnapshot(ended);
    expect(session.isExpired()).toBe(true);
    expect(session.credentials.current).toBeUndefined();
    for (const use of [() => session.credentials(), () => session.client(S3Client).config.credentials()]) {
      const error = await caught(use);
      expect(error).toMatchObject({
        code: 'ERR_BSM_CREDENTIALS_EXPIRED',
        details: { expiration: '2020-05-01T00:00:00.000Z' },
      });
      expect(error.message).toContain('2020-05-01');
    }
  });

  it('does not know when a snapshot of Python ends, unless it is told', async () => {
    expect(fromSnapshot(BARE).isExpired(1e9)).toBe(false);
    const clock = virtualClock();
    for (const expiration of [new Date(NOW + 60_000), '2030-01-01T00:01:00Z', '2030-01-01T01:01:00+01:00']) {
      const session = fromSnapshot(BARE, { clock, expiration });
      expect([session.isExpired(59), session.isExpired(60)]).toEqual([false, true]);
    }
    const session = fromSnapshot(HOUR, { clock, expiration: new Date(NOW + 60_000) });
    expect(session.isExpired(60)).toBe(true);
  });

  it('takes the region of the environment where the snapshot has none, as Python does', async () => {
    vi.stubEnv('AWS_REGION', 'sa-east-1');
    for (const region_name of [null, undefined]) {
      expect(await fromSnapshot({ ...BARE, region_name } as Snapshot).region()).toBe('sa-east-1');
    }
    expect(await fromSnapshot(BARE).region()).toBe('eu-west-1');
    expect(await fromSnapshot(BARE, { region: 'ap-south-1' }).region()).toBe('ap-south-1');
    expect(await fromSnapshot(BARE, { region: () => Promise.resolve('us-east-2') }).region()).toBe('us-east-2');
  });

  it('never takes credentials of the environment', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAIOSFODNN7EXAMPLE');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', EXAMPLE_SECRET);
    for (const part of [{}, { aws_access_key_id: 'A' }, { region_name: 'us-east-1' }]) {
      expect((await caught(() => fromSnapshot(part as never))).code).toBe('ERR_BSM_SNAPSHOT_INVALID');
    }
  });

  it('gives clients the options that the program gives, and none that the snapshot has', async () => {
    const hostile = {
      ...BARE,
      profile_name: 'other',
      endpoint: 'http://127.0.0.1:1',
      endpoint_url: 'http://127.0.0.1:1',
      default_client_kwargs: { endpoint_url: 'http://127.0.0.1:1' },
      clientDefaults: { endpoint: 'http://127.0.0.1:1' },
      clientConfig: {},
      region: 'us-gov-west-1',
      credentials: { accessKeyId: 'other' },
      botocore_session: {},
    };
    const session = fromSnapshot(hostile);
    expect(session.clientDefaults).toEqual({});
    expect(await session.region()).toBe('eu-west-1');
    expect(session.client(S3Client).config.endpoint).toBeUndefined();
    expect(await toSnapshot(session)).toEqual(BARE);
    expect(fromSnapshot(BARE, { clientDefaults: { maxAttempts: 7 } }).clientDefaults).toEqual({ maxAttempts: 7 });
  });

  it('takes nothing from a prototype, and changes none', async () => {
    const parsed = JSON.parse('{"__proto__": {"aws_access_key_id": "A", "aws_secret_access_key": "B", "polluted": 1}}');
    expect((await caught(() => fromSnapshot(parsed as Snapshot))).message).toMatch(/aws_access_key_id is missing/);
    expect((await caught(() => fromSnapshot(Object.create(BARE) as Snapshot))).code).toBe('ERR_BSM_SNAPSHOT_INVALID');
    const both = JSON.parse(JSON.stringify(BARE).replace('{', '{"__proto__": {"polluted": 1}, "constructor": 1, '));
    expect(await toSnapshot(fromSnapshot(both as Snapshot))).toEqual(BARE);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect(await toSnapshot(fromSnapshot(Object.assign(Object.create(null), BARE) as Snapshot))).toEqual(BARE);
  });

  it('treats null and an empty token as absent, as Python does', async () => {
    const session = fromSnapshot({ ...BARE, aws_session_token: '', expiration_time: null } as never);
    expect(await session.credentials()).not.toHaveProperty('sessionToken');
    const without = fromSnapshot({ ...BARE, aws_session_token: null } as never);
    expect(await without.credentials()).not.toHaveProperty('sessionToken');
  });

  it.each([
    ['nothing', undefined, 'it is not an object'],
    ['null', null, 'it is not an object'],
    ['a list', [], 'it is not an object'],
    ['a text', JSON.stringify(BARE), 'it is not an object'],
    ['a Map', new Map(Object.entries(BARE)), 'it is not an object'],
    [
      'a proxy that throws',
      new Proxy({}, { get: fail, getOwnPropertyDescriptor: fail, has: fail }),
      'it is not an object',
    ],
    [
      'a member that throws',
      Object.defineProperty({}, 'aws_access_key_id', { get: fail }),
      'aws_access_key_id cannot be read',
    ],
    ['no keys', {}, 'aws_access_key_id is missing'],
    ['half a key pair', { aws_access_key_id: 'A' }, 'aws_secret_access_key is missing'],
    ['the other half', { aws_secret_access_key: 'B' }, 'aws_access_key_id is missing'],
    ['a key id that is null', { ...BARE, aws_access_key_id: null }, 'aws_access_key_id is missing'],
    ['an empty key id', { ...BARE, aws_access_key_id: '' }, 'aws_access_key_id is not'],
    ['a key id that is a number', { ...BARE, aws_access_key_id: 42 }, 'aws_access_key_id is not'],
    ['a key id with a line break', { ...BARE, aws_access_key_id: 'A\r\nx-evil: 1' }, 'aws_access_key_id is not'],
    ['an empty secret', { ...BARE, aws_secret_access_key: '' }, 'aws_secret_access_key is not'],
    ['a secret that is an object', { ...BARE, aws_secret_access_key: {} }, 'aws_secret_access_key is not'],
    ['a token that is true', { ...BARE, aws_session_token: true }, 'aws_session_token is not'],
    ['a token with a line break', { ...BARE, aws_session_token: 'T\nx' }, 'aws_session_token is not'],
    ['a region that is a number', { ...BARE, region_name: 1 }, 'region_name is not'],
    ['an empty region', { ...BARE, region_name: '' }, 'region_name is not'],
    ['a region that is a host', { ...BARE, region_name: 'x.evil.example/' }, 'region_name is not'],
    [
      'a naive date',
      { ...BARE, expiration_time: '2030-01-01T00:00:00' },
      'expiration_time is a date without an offset',
    ],
    ['a date as a number', { ...BARE, expiration_time: 1_900_000_000 }, 'expiration_time is no ISO 8601'],
    ['an empty date', { ...BARE, expiration_time: '' }, 'expiration_time is no ISO 8601'],
  ])('refuses %s, and shows nothing of it', async (_name, value, problem) => {
    const error = await caught(() => fromSnapshot(value as never));
    expect(error).toMatchObject({ code: 'ERR_BSM_SNAPSHOT_INVALID', retryable: false });
    expect(error.message).toMatch(/^The snapshot is not usable: /);
    expect(error.message).toContain(problem);
    for (const part of [EXAMPLE_SECRET, 'evil', 'ASIAIOSFODNN7EXAMPLE']) expect(error.message).not.toContain(part);
  });

  it.each([
    ['an unknown option', { endpoint: 'x' }, 'endpoint'],
    ['credentials, which it has', { credentials: TEMPORARY }, 'credentials'],
    ['an expiration that is no date', { expiration: 'soon' }, 'expiration'],
    ['an expiration without an offset', { expiration: '2030-01-01T00:00:00' }, 'expiration'],
    ['an invalid Date', { expiration: new Date(Number.NaN) }, 'expiration'],
    ['a region that is none', { region: 'EU WEST' }, 'region'],
    ['a pool that is none', { pool: 1 }, 'pool'],
    ['a clock that is none', { clock: {} }, 'clock.now'],
    [
      'credentials among the options of clients',
      { clientDefaults: { credentials: TEMPORARY } },
      'clientDefaults.credentials',
    ],
  ])('refuses %s as an option', async (_name, options, option) => {
    const error = await caught(() => fromSnapshot(BARE, options as never));
    expect(error).toMatchObject({ code: 'ERR_BSM_OPTION_INVALID', details: { option } });
  });

  it('keeps what it was given apart from what the caller does to it later', async () => {
    const value = { ...HOUR };
    const expiration = new Date(EXPIRATION);
    const session = fromSnapshot(value, { expiration });
    (value as { aws_secret_access_key: string }).aws_secret_access_key = 'other';
    expiration.setTime(0);
    expect(await session.credentials()).toMatchObject({ secretAccessKey: EXAMPLE_SECRET, expiration: EXPIRATION });
  });

  it('shows no secret when it is printed', () => {
    const text = JSON.stringify(fromSnapshot(HOUR));
    expect(text).not.toContain(EXAMPLE_SECRET);
    expect(isBsmError(text)).toBe(false);
  });
});

function fail(): never {
  throw new Error('cannot be read');
}
