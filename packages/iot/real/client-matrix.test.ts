import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeSoftToken, type SoftToken } from './soft-token.js';

const PROGRAM = fileURLToPath(new URL('./client-matrix.mjs', import.meta.url));
/** Ways that are tried with two versions of TLS and two kinds of keys: 19 of an identity in files, one of a key in a token. */
const WAYS = 2 * 2 * 20;

let token: SoftToken;
beforeAll(() => {
  token = makeSoftToken();
});
afterAll(() => token[Symbol.dispose]());

describe.each(['20', '22', '24', '26'])('Node %s, with the package as it is built', (version) => {
  it('gets credentials in every way, or says why not', { timeout: 180_000 }, async () => {
    const key = (kind: 'rsa' | 'ec') => ({
      publicKey: token.publicKeys[kind].export({ type: 'spki', format: 'pem' }),
      pkcs11: token.options(kind, { via: 'engine' }),
    });
    const env = { ...process.env, TOKEN: JSON.stringify({ rsa: key('rsa'), ec: key('ec') }) };
    const npx = ['-y', '-p', `node@${version}`, 'node', '-e', WITH_VERSION, PROGRAM];
    const { stdout } = await promisify(execFile)('npx', npx, { env });
    const [running, ...lines] = stdout.trim().split('\n');
    expect(running).toMatch(new RegExp(`^v${version}\\.`));
    expect(lines.filter((line) => !line.endsWith(': ok'))).toEqual([]);
    expect(lines).toHaveLength(WAYS);
  });
});

/** Says which Node runs, since the version is the point. */
const WITH_VERSION = "console.log(process.version); import(require('node:url').pathToFileURL(process.argv[1]))";
