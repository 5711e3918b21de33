import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestAuthority } from '../src/fixtures/mqtt-certificates.js';
import { type Mosquitto, startMosquitto } from './start-mosquitto.js';

const PROGRAM = fileURLToPath(new URL('./use-parts.cjs', import.meta.url));

const authority = createTestAuthority();
const device = authority.issue('device');
let mosquitto: Mosquitto;

beforeAll(async () => {
  mosquitto = await startMosquitto(authority);
});
afterAll(() => mosquitto[Symbol.asyncDispose]());

async function run(...args: readonly string[]): Promise<string[]> {
  const identity = { endpoint: '127.0.0.1:1', roleAlias: 'telemetry', ca: authority.ca, ...device };
  const connection = { endpoint: mosquitto.tlsEndpoint, clientId: `parts-${args.join('-')}`, identity };
  const child = spawn(process.execPath, [PROGRAM, ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin.end(JSON.stringify(connection));
  const [printed, complaints] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return [...printed.trimEnd().split('\n'), ...(complaints === '' ? [] : [complaints])];
}

describe.each(['import', 'require'])('the package as built, by %s', (way) => {
  it('loads its parts when they are used, of the one copy that the program has', async () => {
    const lines = ['token by engine', 'token by crt', 'options of MQTT', 'MQTT', 'one function'];
    expect(await run(way)).toEqual(lines.map((line) => `${line}: ok`));
  });

  it('loads a part that could not be loaded at the next call, and shows no secret without it', async () => {
    const parts = ['failure', 'mqtt', 'pkcs11'];
    expect(await run(way, 'missing')).toEqual(parts.map((name) => `${name} that comes later: ok`));
  });
});
