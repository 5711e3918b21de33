import { S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { createSession, type ManagedSessionOptions, SessionManager, type SessionManagerOptions } from '../index.js';

const KEYS = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};

describe('a SessionManager of a session', () => {
  it.each<[option: string, beside: object]>([
    ['region', { region: 'eu-west-1' }],
    ['profile', { profile: 'dev' }],
    ['credentials', { credentials: KEYS }],
    ['accessKeyId', KEYS],
    ['secretAccessKey', { secretAccessKey: KEYS.secretAccessKey }],
    ['sessionToken', { sessionToken: 'token' }],
    ['expiration', { expiration: new Date() }],
    ['mfaToken', { mfaToken: '123456' }],
    ['clientDefaults', { clientDefaults: {} }],
    ['clientCache', { clientCache: {} }],
    ['resourceCache', { resourceCache: {} }],
    ['pool', { pool: {} }],
    ['refresh', { refresh: {} }],
    ['clock', { clock: { now: () => 0 } }],
  ])('refuses %s beside a session', (option, beside) => {
    const session = createSession({ credentials: KEYS, region: 'eu-west-1' });
    const made = () => new SessionManager({ session, ...beside } as ManagedSessionOptions);
    expect(made).toThrow(expect.objectContaining({ code: 'ERR_BSM_OPTION_INVALID', details: { option } }));
    expect(made).toThrow(/must be absent beside session, which has it/);
    expect(made).toThrow(expect.not.stringContaining(KEYS.secretAccessKey));
    expect(() => new SessionManager({ session, [option]: undefined })).not.toThrow();
  });

  it('refuses what is unknown beside a session, and takes where clients are found', () => {
    const session = createSession({ credentials: KEYS, region: 'eu-west-1' });
    expect(() => new SessionManager({ session, profileName: 'typo' } as ManagedSessionOptions)).toThrow(
      expect.objectContaining({ code: 'ERR_BSM_OPTION_INVALID', details: { option: 'profileName' } }),
    );
    using manager = new SessionManager({ session, resolveFrom: import.meta.url, services: undefined });
    expect(manager.getClient('s3')).toBe(session.client(S3Client));
  });

  it.each([null, 7, 'dev', {}])('refuses %o as a session', (wrong) => {
    const refusal = expect.objectContaining({ code: 'ERR_BSM_OPTION_INVALID' });
    expect(() => new SessionManager({ session: wrong as never })).toThrow(refusal);
    expect(() => SessionManager.from(wrong as never)).toThrow(refusal);
  });

  it('lets a subclass with defaults say itself what becomes of them beside a session', async () => {
    class West extends SessionManager {
      constructor(own: SessionManagerOptions | ManagedSessionOptions = {}) {
        super(own.session ? own : { region: 'us-west-2', ...own });
      }
    }
    const session = createSession({ credentials: KEYS, region: 'eu-west-1' });
    using west = new West({ session, services: {} });
    expect(west.credentials).toBe(session.credentials);
    expect(await west.region()).toBe('eu-west-1');
  });
});
