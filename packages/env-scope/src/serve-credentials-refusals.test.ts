import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { createGate } from './fixtures/gate.js';
import { literalSession } from './fixtures/literal-session.js';
import { createServedSource } from './fixtures/served-source.js';
import { useTemporaryDirectory } from './fixtures/temporary-directory.js';
import { serveCredentials } from './index.js';

const temporary = useTemporaryDirectory();

describe('what cannot start', () => {
  test.each([
    [
      'the source denies',
      () => Promise.reject(Object.assign(new Error('x'), { name: 'AccessDenied' })),
      'ACCESS_DENIED',
    ],
    ['the source fails', () => Promise.reject(new Error('x')), 'REFRESH_FAILED'],
    ['credentials have ended', () => ({ ...createServedSource().fresh(-1) }), 'CREDENTIALS_EXPIRED'],
    ['credentials are none', () => undefined, 'CREDENTIALS_INVALID'],
  ])('is rejected with the reason and leaves nothing: %s', async (_, behave, code) => {
    using source = createServedSource();
    source.behave = behave;
    await expect(serveCredentials(source.session)).rejects.toMatchObject({ code: `ERR_BSM_${code}` });
    expect(await temporary.files()).toEqual([]);
    expect(source.clock.pendingTimers).toBe(0);
  });

  test('a session that serves expired credentials does not start one with them', async () => {
    using source = createServedSource({ refresh: { serveExpired: 'while-refresh-fails' } });
    await source.session.credentials();
    source.clock.advance(3_600_000);
    source.behave = () => Promise.reject(new Error('down'));
    await expect(serveCredentials(source.session)).rejects.toMatchObject({ code: 'ERR_BSM_CREDENTIALS_EXPIRED' });
  });

  test('a closed session is refused', async () => {
    const session = literalSession('AK');
    session.close();
    await expect(serveCredentials(session)).rejects.toMatchObject({ code: 'ERR_BSM_SESSION_CLOSED' });
  });

  test('a region that fails for another reason than being absent is the rejection, and nothing is left', async () => {
    using source = createServedSource({ region: () => Promise.reject(new TypeError('of the function')) });
    await expect(serveCredentials(source.session)).rejects.toThrow('of the function');
    expect(await temporary.files()).toEqual([]);
    expect(source.clock.pendingTimers).toBe(0);
  });

  test('a missing directory for temporary files is named', async () => {
    vi.stubEnv('TMPDIR', join(temporary.path, 'absent'));
    using session = literalSession('AK');
    await expect(serveCredentials(session)).rejects.toMatchObject({ code: 'ERR_BSM_CREDENTIAL_SERVER_FAILED' });
  });

  test('an abort ends the wait with its reason, before and meanwhile', async () => {
    using source = createServedSource();
    const asked = createGate();
    source.behave = () => {
      asked.open();
      return new Promise(() => {});
    };
    const reason = new Error('enough');
    await expect(serveCredentials(source.session, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(source.calls).toBe(0);
    const controller = new AbortController();
    const served = serveCredentials(source.session, { signal: controller.signal });
    await asked;
    controller.abort(reason);
    await expect(served).rejects.toBe(reason);
    expect(await temporary.files()).toEqual([]);
  });

  test.each<[string, unknown, unknown]>([
    ['source', undefined, undefined],
    ['source', null, undefined],
    ['source', {}, undefined],
    ['source', 'session', undefined],
    ['options', {}, null],
    ['options', {}, 'file'],
    ['options', {}, []],
    ['port', {}, { port: 80 }],
    ['name', {}, { name: '' }],
    ['name', {}, { name: '../x' }],
    ['name', {}, { name: '..' }],
    ['name', {}, { name: 'a b' }],
    ['name', {}, { name: 'x'.repeat(65) }],
    ['name', {}, { name: 7 }],
    ['tokenFile', {}, { tokenFile: 'yes' }],
    ['maxConnections', {}, { maxConnections: 0 }],
    ['maxConnections', {}, { maxConnections: 1.5 }],
    ['maxConnections', {}, { maxConnections: Infinity }],
    ['signal', {}, { signal: {} }],
  ])('a wrong %s is refused by name: %o, %o', async (option, source, options) => {
    await expect(serveCredentials(source as never, options as never)).rejects.toMatchObject({
      code: 'ERR_BSM_OPTION_INVALID',
      details: { option },
    });
  });

  test.each<[string, unknown[]]>([
    ['source', [undefined]],
    ['options', [undefined, null]],
    ['names', [undefined, { names: 'a' }]],
    ['name', [undefined, { name: '/' }]],
  ])('add refuses a wrong %s by name', async (option, args) => {
    using session = literalSession('AK');
    await using server = await serveCredentials(session);
    expect(() => server.add(...(args as [never]))).toThrow(
      expect.objectContaining({ code: 'ERR_BSM_OPTION_INVALID', details: { option } }),
    );
  });

  test.each([[null], ['x'], [[]], [{ PATH: 7 }]])(
    'childEnv refuses a base that is no environment: %o',
    async (base) => {
      using session = literalSession('AK');
      await using server = await serveCredentials(session);
      expect(() => server.childEnv(base as never)).toThrow(
        expect.objectContaining({ code: 'ERR_BSM_OPTION_INVALID', details: { option: 'base' } }),
      );
    },
  );
});
