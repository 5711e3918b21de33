import { inspect } from 'node:util';
import { BsmError, createSession } from '@bsm/core-cache';
import { describe, expect, it } from 'vitest';
import { caught } from './fixtures/caught.js';
import { EXAMPLE_SECRET, EXPIRATION, exampleSession, LONG_TERM, TEMPORARY } from './fixtures/example-session.js';
import { pythonCases } from './fixtures/python-cases.js';
import { toSnapshot } from './index.js';
import { formatSnapshotText } from './snapshot-text.js';

describe('what Python recorded', () => {
  it.each(pythonCases().toSnapshot.cases)('$fileText', async ({ manager, snapshot, fileText, ...recorded }) => {
    using session = createSession({
      region: manager.region_name ?? (() => Promise.reject(new BsmError('ERR_BSM_REGION_UNRESOLVED', 'nowhere'))),
      credentials: {
        accessKeyId: manager.aws_access_key_id,
        secretAccessKey: manager.aws_secret_access_key,
        sessionToken: manager.aws_session_token ?? '',
      },
    });
    const taken = await toSnapshot(session);
    expect(taken).toEqual(snapshot);
    expect(Object.keys(taken)).toEqual(recorded.keyOrder ?? Object.keys(snapshot));
    expect(formatSnapshotText(taken)).toBe(fileText);
  });
});

describe('toSnapshot', () => {
  it('says when the credentials end, as Python reads it', async () => {
    expect(await toSnapshot(exampleSession())).toEqual({
      region_name: 'eu-west-1',
      aws_access_key_id: TEMPORARY.accessKeyId,
      aws_secret_access_key: EXAMPLE_SECRET,
      aws_session_token: TEMPORARY.sessionToken,
      expiration_time: '2100-01-31T08:00:00+00:00',
    });
  });

  it('writes the bare four names on demand', async () => {
    const names = Object.keys(await toSnapshot(exampleSession(), { omitExpiration: true }));
    expect(names).toEqual(['region_name', 'aws_access_key_id', 'aws_secret_access_key', 'aws_session_token']);
  });

  it('takes key, secret and token of one object, where Python mixed three: the source has new ones each time', async () => {
    let turn = 0;
    const credentials = (): Promise<typeof TEMPORARY> => {
      turn++;
      return Promise.resolve({
        ...TEMPORARY,
        accessKeyId: `ASIA${turn}`,
        secretAccessKey: `s${turn}`,
        sessionToken: `t${turn}`,
      });
    };
    using session = createSession({ credentials, region: 'eu-west-1' });
    const taken = await Promise.all(
      Array.from({ length: 50 }, (_, index) => {
        if (index % 5 === 0) session.credentials.invalidate();
        return toSnapshot(session);
      }),
    );
    for (const { aws_access_key_id: id, aws_secret_access_key: secret, aws_session_token: token } of taken) {
      expect([secret, token]).toEqual([`s${id.slice(4)}`, `t${id.slice(4)}`]);
    }
  });

  it('renews credentials that are too short first', async () => {
    const HOUR_MS = 3_600_000;
    let now = Date.parse('2030-01-01T00:00:00Z');
    const provider = () => Promise.resolve({ ...TEMPORARY, expiration: new Date(now + HOUR_MS) });
    using session = createSession({ credentials: provider, region: 'eu-west-1', clock: { now: () => now } });
    await session.credentials();
    now += HOUR_MS / 2;
    expect(await toSnapshot(session)).toMatchObject({ expiration_time: '2030-01-01T01:00:00+00:00' });
    const renewed = await toSnapshot(session, { minRemainingMs: HOUR_MS * 0.75 });
    expect(renewed).toMatchObject({ expiration_time: '2030-01-01T01:30:00+00:00' });
  });

  it('takes the configuration of a client as well as a session', async () => {
    expect(await toSnapshot({ credentials: LONG_TERM, region: 'us-east-1' })).toEqual({
      region_name: 'us-east-1',
      aws_access_key_id: LONG_TERM.accessKeyId,
      aws_secret_access_key: EXAMPLE_SECRET,
    });
  });

  it('gives null for a region that cannot be found, and throws for one that is configured wrongly', async () => {
    const keys = { credentials: TEMPORARY };
    const failing = (code: 'ERR_BSM_REGION_UNRESOLVED' | 'ERR_BSM_CONFIG_INVALID') =>
      createSession({ ...keys, region: () => Promise.reject(new BsmError(code, 'no region')) });
    expect(await toSnapshot(failing('ERR_BSM_REGION_UNRESOLVED'))).toMatchObject({ region_name: null });
    const error = await caught(() => toSnapshot(failing('ERR_BSM_CONFIG_INVALID')));
    expect(error.code).toBe('ERR_BSM_CONFIG_INVALID');
  });

  it('passes on that there are no credentials', async () => {
    const failure = new BsmError('ERR_BSM_CREDENTIALS_NOT_FOUND', 'none');
    using session = createSession({ credentials: () => Promise.reject(failure), region: 'eu-west-1' });
    expect((await caught(() => toSnapshot(session))).code).toBe('ERR_BSM_CREDENTIALS_NOT_FOUND');
  });

  it('ends the waiting by signal', async () => {
    using session = createSession({ credentials: () => new Promise(() => undefined), region: 'eu-west-1' });
    const reason = new Error('enough');
    await expect(toSnapshot(session, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  it('shows no secret when it is printed, and all of it as JSON', async () => {
    const taken = await toSnapshot(exampleSession());
    for (const shown of [inspect(taken), inspect({ deep: [taken] }, { depth: 9, showHidden: true })]) {
      expect(shown).toContain('ASIA***MPLE');
      expect(shown).not.toContain(EXAMPLE_SECRET);
      expect(shown).not.toContain(TEMPORARY.sessionToken);
    }
    expect(JSON.parse(JSON.stringify(taken))).toEqual({ ...taken });
    expect(structuredClone(taken)).toEqual({ ...taken });
    expect(taken.expiration_time).toBe(EXPIRATION.toISOString().replace('.000Z', '+00:00'));
  });

  it.each([
    ['an unknown option', { omitExpiry: true }, 'omitExpiry'],
    ['omitExpiration that is no boolean', { omitExpiration: 'yes' }, 'omitExpiration'],
    ['minRemainingMs below 0', { minRemainingMs: -1 }, 'minRemainingMs'],
    ['a signal that is none', { signal: {} }, 'signal'],
    ['options that are no object', [], 'options'],
  ])('refuses %s', async (_name, options, option) => {
    const error = await caught(() => toSnapshot(exampleSession(), options as never));
    expect(error).toMatchObject({ code: 'ERR_BSM_OPTION_INVALID', details: { option } });
  });

  it.each([[undefined], [null], [{}], ['session'], [42]])('refuses %j as a session', async (source) => {
    expect((await caught(() => toSnapshot(source as never))).code).toBe('ERR_BSM_OPTION_INVALID');
  });
});
