import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { startFakeAws } from '@bsm/testing';
import { beforeAll, expect, inject, it } from 'vitest';
import { pythonIotLibraries } from './python-environment.ts';

const PROGRAM = fileURLToPath(new URL('../apps/bench/python/iot_refresh.py', import.meta.url));

let libraries: string;
beforeAll(async () => {
  libraries = await pythonIotLibraries();
}, 300_000);

it('boto3-refresh-session asks the credential endpoint once per refresh, each time with a handshake of its own', async () => {
  await using aws = await startFakeAws({ realTime: true });
  const endpoint = await aws.startCredentialEndpoint();
  const Principal = { Service: 'credentials.iot.amazonaws.com' };
  const trustPolicy = { Statement: { Effect: 'Allow', Principal, Action: 'sts:AssumeRole' } } as const;
  const role = aws.addRole({ accountId: '123456789012', roleName: 'telemetry', trustPolicy });
  endpoint.addRoleAlias({ roleAlias: 'telemetry', role });
  const { certificate, privateKey } = endpoint.issueCertificate();
  const device = { endpoint: endpoint.endpoint, ca: endpoint.ca, certificate, privateKey, roleAlias: 'telemetry' };

  const python = spawn(inject('programs').python, [PROGRAM], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, PYTHONPATH: libraries },
  });
  const ended = once(python, 'close');
  const lines = createInterface({ input: python.stdout })[Symbol.asyncIterator]();
  const ask = async (line: string): Promise<unknown> => {
    python.stdin.write(`${line}\n`);
    return JSON.parse((await lines.next()).value as string);
  };
  // The first credentials are got when the session is made.
  expect(await ask(JSON.stringify(device))).toEqual({ ready: true });
  expect(endpoint.handshakes).toEqual({ full: 1, resumed: 0 });
  expect(await ask('5')).toEqual({ wallMs: expect.any(Number), cpuMs: expect.any(Number) });
  expect(endpoint.handshakes).toEqual({ full: 6, resumed: 0 });
  expect(aws.count('AssumeRoleWithCertificate')).toBe(6);
  expect(aws.requests.map(({ status }) => status)).toEqual(Array(6).fill(200));
  python.stdin.end();
  expect(await ended).toEqual([0, null]);
});
