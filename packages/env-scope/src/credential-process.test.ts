import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromProcess } from '@aws-sdk/credential-providers';
import { createSession, type SessionLike } from '@bsm/core-cache';
import { createVirtualClock, startFakeAws } from '@bsm/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { type CredentialProcessOptions, credentialProcess } from './credential-process.js';
import { roleSession } from './fixtures/role-session.js';

const KEYS = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' };
const TEMPORARY = { ...KEYS, accessKeyId: 'ASIAIOSFODNN7EXAMPLE', sessionToken: 'token' };
const region = 'eu-west-1';
const NOW = Date.parse('2030-01-02T03:04:05.900Z');

const directory = mkdtempSync(join(tmpdir(), 'bsm-credential-process-'));
afterAll(() => rmSync(directory, { recursive: true }));

describe('credentialProcess', () => {
  it.each([
    ['long-term keys', KEYS, { AccessKeyId: KEYS.accessKeyId, SecretAccessKey: KEYS.secretAccessKey }],
    [
      'temporary keys that do not say when they end',
      TEMPORARY,
      { AccessKeyId: TEMPORARY.accessKeyId, SecretAccessKey: KEYS.secretAccessKey, SessionToken: 'token' },
    ],
    [
      'all that is known',
      {
        ...TEMPORARY,
        expiration: new Date('2100-01-02T03:04:05.999Z'),
        accountId: '123456789012',
        credentialScope: 'eu',
      },
      {
        AccessKeyId: TEMPORARY.accessKeyId,
        SecretAccessKey: KEYS.secretAccessKey,
        SessionToken: 'token',
        Expiration: '2100-01-02T03:04:05Z',
        AccountId: '123456789012',
        CredentialScope: 'eu',
      },
    ],
  ])('is one line of JSON, version 1, with %s', async (_, credentials, expected) => {
    using session = createSession({ credentials, region });
    const text = await credentialProcess(session);
    expect(text).not.toContain('\n');
    expect(JSON.parse(text)).toEqual({ Version: 1, ...expected });
  });

  it('takes what has credentials and a region', async () => {
    expect(JSON.parse(await credentialProcess({ credentials: KEYS, region }))).toMatchObject({ Version: 1 });
  });

  it('renews what would soon end, once', async () => {
    await using aws = await startFakeAws();
    using session = roleSession(aws, { advisoryWindowMs: 60_000 });

    const first = JSON.parse(await credentialProcess(session)) as Record<string, string>;
    expect(first).toMatchObject({ Version: 1, SessionToken: expect.any(String) });
    aws.clock.advance(46 * 60_000);
    expect(JSON.parse(await credentialProcess(session, { minRemainingMs: 0 }))).toEqual(first);
    const [second, third] = await Promise.all([credentialProcess(session), credentialProcess(session)]);
    expect(second).toBe(third);
    expect(JSON.parse(second!)).not.toEqual(first);
    expect(aws.count('AssumeRole')).toBe(2);
  });

  it.each([
    ['have ended', -60_000],
    ['end within this second', 50],
  ])('never gives credentials that %s', async (_, leftMs) => {
    const clock = createVirtualClock({ startAt: new Date(NOW - 3_600_000) });
    let calls = 0;
    const source = async () => {
      if (calls++ > 0) throw new Error('down');
      return { ...TEMPORARY, expiration: new Date(NOW + leftMs) };
    };
    using session = createSession({
      credentials: source,
      region,
      clock,
      refresh: { serveExpired: 'while-refresh-fails', background: false },
    });
    await session.credentials();
    clock.set(new Date(NOW));
    await expect(credentialProcess(session)).rejects.toMatchObject({ code: 'ERR_BSM_CREDENTIALS_EXPIRED' });
  });

  it('lets its caller leave', async () => {
    using session = createSession({ credentials: () => new Promise(() => {}), region });
    const abort = new AbortController();
    const waiting = credentialProcess(session, { signal: abort.signal });
    abort.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
  });

  it.each<[string, unknown, unknown]>([
    ['source', undefined, undefined],
    ['source', null, undefined],
    ['source', {}, undefined],
    ['options', undefined, null],
    ['options', undefined, []],
    ['minRemainingMs', undefined, { minRemainingMs: -1 }],
    ['minRemainingMs', undefined, { minRemainingMs: '900' }],
    ['signal', undefined, { signal: true }],
    ['profile', undefined, { profile: 'x' }],
  ])('refuses what is wrong: %s', async (option, source, options) => {
    const given = option === 'source' ? source : { credentials: KEYS, region };
    await expect(credentialProcess(given as SessionLike, options as CredentialProcessOptions)).rejects.toMatchObject({
      code: 'ERR_BSM_OPTION_INVALID',
      details: { option },
    });
  });

  it.each([
    ['no credentials', () => Promise.reject(new Error('none')), 'ERR_BSM_REFRESH_FAILED'],
    ['junk', () => Promise.resolve({}), 'ERR_BSM_CREDENTIALS_INVALID'],
  ])('passes on why the source has %s', async (_, credentials, code) => {
    using session = createSession({ credentials: credentials as () => Promise<typeof KEYS>, region });
    await expect(credentialProcess(session)).rejects.toMatchObject({ code });
  });

  it('refuses a session that is closed', async () => {
    const session = createSession({ credentials: KEYS, region });
    session.close();
    await expect(credentialProcess(session)).rejects.toMatchObject({ code: 'ERR_BSM_SESSION_CLOSED' });
  });
});

describe('what the SDK makes of it', () => {
  /** A profile whose command prints the text, read by the SDK's own provider. */
  async function throughSdk(text: string) {
    const [output, config] = [join(directory, 'output.json'), join(directory, 'config')];
    writeFileSync(output, `${text}\n`);
    const program = `"${process.execPath}" -p "require('fs').readFileSync('${output}','utf8')"`;
    writeFileSync(config, `[profile handed]\ncredential_process = ${program}\n`);
    return fromProcess({ profile: 'handed', configFilepath: config, filepath: join(directory, 'none') })();
  }

  it('is the same credentials', async () => {
    const credentials = { ...TEMPORARY, expiration: new Date('2100-01-02T03:04:05Z'), accountId: '123456789012' };
    using session = createSession({ credentials, region });
    expect(await throughSdk(await credentialProcess(session))).toMatchObject(credentials);
  });

  it('is long-term keys without an end', async () => {
    using session = createSession({ credentials: KEYS, region });
    const { accessKeyId, sessionToken, expiration } = await throughSdk(await credentialProcess(session));
    expect([accessKeyId, sessionToken, expiration]).toEqual([KEYS.accessKeyId, undefined, undefined]);
  });
});
