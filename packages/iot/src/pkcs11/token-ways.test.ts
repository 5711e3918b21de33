import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest';
import { catchError } from '../fixtures/catch-error.js';
import { choosePkcs11Way } from './choose-pkcs11-way.js';
import { createTokenKeyLoader } from './create-token-key-loader.js';
import { findEngine, prepareEngine } from './find-engine.js';
import type { Pkcs11Options } from './pkcs11-options.js';
import { slotTokenLabel } from './slot-token-label.js';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'bsm-ways-'));
  vi.stubEnv('OPENSSL_ENGINES', home);
  vi.stubEnv('PKCS11_MODULE_PATH', undefined);
  vi.stubEnv('OPENSSL_CONF', undefined);
  vi.stubEnv('NODE_OPTIONS', undefined);
});
afterEach(() => rmSync(home, { recursive: true }));

const write = (name: string, text = ''): string => {
  writeFileSync(join(home, name), text);
  return join(home, name);
};
const options = (changes: Partial<Pkcs11Options> = {}): Pkcs11Options => ({
  module: write('module.so'),
  tokenLabel: 't',
  keyLabel: 'k',
  pin: '1234',
  ...changes,
});

describe('the engine', () => {
  test('is where OPENSSL_ENGINES says, and nowhere else then', () => {
    expect(findEngine()).toBeUndefined();
    write('pkcs11.so');
    expect(findEngine()).toBe(home);
  });

  test('is looked for where distributions put it, without that', () => {
    vi.stubEnv('OPENSSL_ENGINES', undefined);
    expect(String(findEngine())).toMatch(/^(undefined|\/usr\/.*\/engines-3)$/);
  });

  test('is told of its module by the environment, once', () => {
    write('pkcs11.so');
    prepareEngine('/a.so');
    prepareEngine('/a.so');
    expect(process.env['PKCS11_MODULE_PATH']).toBe('/a.so');
    expect(() => prepareEngine('/b.so')).toThrow(
      expect.objectContaining({ code: 'ERR_BSM_PKCS11_FAILED', details: { reason: 'process-state' } }),
    );
  });

  test('that is not there is an error that names the package', async () => {
    const { error } = await catchError(createTokenKeyLoader(options({ via: 'engine' }))({}));
    expect(error).toMatchObject({ code: 'ERR_BSM_PKCS11_FAILED', details: { reason: 'way-missing' } });
    expect(error.message).toContain('libengine-pkcs11-openssl');
  });
});

describe('the way', () => {
  it.each(['engine', 'provider', 'crt'] as const)('is %s when told so', async (via) => {
    expect(await choosePkcs11Way(options({ via }))).toBe(via);
  });

  it('is the engine where there is one', async () => {
    write('pkcs11.so');
    expect(await choosePkcs11Way(options())).toBe('engine');
  });

  it('is aws-crt without one', async () => {
    expect(await choosePkcs11Way(options({ via: 'auto' }))).toBe('crt');
  });

  it.each<[string, (path: string) => [string, string]]>([
    ['OPENSSL_CONF', (path) => ['OPENSSL_CONF', path]],
    ['--openssl-config=', (path) => ['NODE_OPTIONS', `--enable-source-maps --openssl-config=${path}`]],
    ['--openssl-config', (path) => ['NODE_OPTIONS', `--openssl-config ${path}`]],
  ])('is the provider where %s names a file that has one', async (_, variable) => {
    write('pkcs11.so');
    vi.stubEnv(...variable(write('on.cnf', '[provider_sect]\npkcs11 = pkcs11_sect\n')));
    expect(await choosePkcs11Way(options())).toBe('provider');
    vi.stubEnv(...variable(write('off.cnf', '# pkcs11 = off\n[provider_sect]\ndefault = x\n')));
    expect(await choosePkcs11Way(options())).toBe('engine');
    vi.stubEnv(...variable('/dev/null'));
    expect(await choosePkcs11Way(options())).toBe('engine');
  });
});

describe('a TLS context', () => {
  it('cannot come from aws-crt', async () => {
    const { error } = await catchError(createTokenKeyLoader(options({ via: 'crt' }))({}));
    expect(error.message).toMatch(/gives no TLS context/);
  });

  it('is refused by OpenSSL without a provider, and the PIN is kept back then', async () => {
    const load = createTokenKeyLoader(options({ via: 'provider' }));
    const first = await catchError(load({}));
    expect(first.error.details).toEqual({ reason: 'provider-failed' });
    const second = await catchError(load({}));
    expect(second.error).toBe(first.error);
    expect(first.text + second.text).not.toContain('1234');
  });
});

describe('the label of the token in a slot', () => {
  const LISTING = [
    'Available slots:',
    'Slot 0 (0x260026e3): SoftHSM slot ID 0x260026e3',
    '  token label        : other',
    'Slot 1 (0x5): Reader',
    '  token label        : my; token',
    'Slot 2 (0x6): Reader',
    '  token state:   uninitialized',
  ].join('\n');

  beforeEach(() => {
    // A stand-in for pkcs11-tool of OpenSC, which has its say in the real tests.
    chmodSync(write('pkcs11-tool', `#!/bin/sh\n[ "$2" = /m.so ] || exit 1\ncat <<'END'\n${LISTING}\nEND\n`), 0o755);
    vi.stubEnv('PATH', `${home}${delimiter}${process.env['PATH']}`);
  });

  it.each([
    [5, 'my; token'],
    [0x260026e3, 'other'],
  ])('of slot %s is %s', async (slotId, label) => {
    expect(await slotTokenLabel('/m.so', slotId)).toBe(label);
  });

  it.each([[6], [1], [7]])('is missing in slot %s', async (slotId) => {
    const { error } = await catchError(slotTokenLabel('/m.so', slotId));
    expect(error.details).toEqual({ reason: 'key-missing' });
  });

  it('is not found without the program, or when that fails', async () => {
    expect((await catchError(slotTokenLabel('/other.so', 5))).error.message).toContain('Pass tokenLabel');
    vi.stubEnv('PATH', join(tmpdir(), randomUUID()));
    expect((await catchError(slotTokenLabel('/m.so', 5))).error.details).toEqual({ reason: 'way-missing' });
  });
});
