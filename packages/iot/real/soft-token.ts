import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pkcs11Options } from '../src/pkcs11/pkcs11-options.js';
import { SOFTHSM_MODULE } from './device-parts.ts';

/** A token of SoftHSM with an RSA and an EC key, in a directory of its own. */
export interface SoftToken extends Disposable {
  /** For `SOFTHSM2_CONF` of the process that loads the module. */
  readonly configuration: string;
  readonly slotId: number;
  readonly publicKeys: Readonly<Record<'rsa' | 'ec', KeyObject>>;
  /** Options for one of its keys. */
  options(key: 'rsa' | 'ec', changes?: Partial<Pkcs11Options>): Pkcs11Options;
}

/** Characters that mean something in a URI, on a command line, or beyond ASCII. */
export const AWKWARD = { token: 'device; token?ä&1', pin: '1?2;3&4%20', key: (kind: string) => `${kind} key;type=x` };

/** Makes a token, and lets this process find it. */
export function makeSoftToken(): SoftToken {
  const home = mkdtempSync(join(tmpdir(), 'bsm-token-'));
  mkdirSync(join(home, 'tokens'));
  const configuration = join(home, 'softhsm2.conf');
  writeFileSync(configuration, `directories.tokendir = ${join(home, 'tokens')}\n`);
  process.env['SOFTHSM2_CONF'] = configuration;
  const tool = (...args: string[]): string => execFileSync('softhsm2-util', args, { stdio: 'pipe' }).toString();
  const said = tool('--init-token', '--free', '--label', AWKWARD.token, '--so-pin', '12345678', '--pin', AWKWARD.pin);
  const pairs = {
    rsa: generateKeyPairSync('rsa', { modulusLength: 2048 }),
    ec: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  };
  for (const [index, [kind, { privateKey }]] of Object.entries(pairs).entries()) {
    const path = join(home, `${kind}.pem`);
    writeFileSync(path, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
    const label = ['--label', AWKWARD.key(kind), '--id', `0${index + 1}`];
    tool('--import', path, '--token', AWKWARD.token, '--pin', AWKWARD.pin, ...label);
    rmSync(path);
  }
  return {
    configuration,
    slotId: Number(/slot (\d+)/.exec(said)?.[1]),
    publicKeys: { rsa: pairs.rsa.publicKey, ec: pairs.ec.publicKey },
    options: (key, changes = {}) => ({
      module: SOFTHSM_MODULE,
      tokenLabel: AWKWARD.token,
      keyLabel: AWKWARD.key(key),
      pin: AWKWARD.pin,
      ...changes,
    }),
    [Symbol.dispose]: () => rmSync(home, { recursive: true }),
  };
}
