import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from '../workspace.ts';
import { bundle } from './bundle.ts';

/**
 * Lists what does not work in one file that has all of `iotSession`, also the parts that are loaded when they are used, in a place where
 * no package is installed.
 */
export async function oneFileProblems(): Promise<string[]> {
  const { startFakeAws } = (await import(join(ROOT, 'packages/testing/dist/index.js'))) as TestingPackage;
  const aws = await startFakeAws();
  const directory = mkdtempSync(join(tmpdir(), 'bsm-one-file-'));
  try {
    const { code } = await bundle("export { iotSession } from '@bsm/iot';");
    writeFileSync(join(directory, 'bundle.mjs'), code);
    writeFileSync(join(directory, 'program.mjs'), PROGRAM);
    const args = ['program.mjs', JSON.stringify(await deviceOf(aws))];
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: directory });
    return JSON.parse(stdout) as string[];
  } finally {
    rmSync(directory, { recursive: true, force: true });
    await aws.close();
  }
}

type TestingPackage = typeof import('@bsm/testing');

type FakeAws = Awaited<ReturnType<TestingPackage['startFakeAws']>>;

/** Options of a device that gets credentials. */
async function deviceOf(aws: FakeAws): Promise<object> {
  const endpoint = await aws.startCredentialEndpoint();
  const Principal = { Service: 'credentials.iot.amazonaws.com' };
  const trustPolicy = { Statement: { Effect: 'Allow', Principal, Action: 'sts:AssumeRole' } } as const;
  const role = aws.addRole({ accountId: '123456789012', roleName: 'telemetry', trustPolicy });
  endpoint.addRoleAlias({ roleAlias: 'telemetry', role });
  const { certificate, privateKey } = endpoint.issueCertificate({});
  return { endpoint: endpoint.endpoint, ca: endpoint.ca, roleAlias: 'telemetry', certificate, privateKey };
}

const PROGRAM = `
import { iotSession } from './bundle.mjs';

const device = JSON.parse(process.argv[2]);
const token = { module: '/absent.so', tokenLabel: 't', keyLabel: 'k', pin: '1', via: 'crt' };
const broker = { endpoint: '127.0.0.1:1', clientId: 'sensor-7' };
const attempts = {
  'undefined': [device, (session) => session.credentials()],
  ERR_BSM_CERTIFICATE_INVALID: [{ ...device, certificate: 'absent.pem' }, (session) => session.credentials()],
  ERR_BSM_PKCS11_FAILED: [{ ...device, privateKey: undefined, pkcs11: token }, (session) => session.credentials()],
  ERR_BSM_PEER_MISSING: [device, (session) => session.mqtt(broker)],
};
const problems = [];
for (const [expected, [options, use]] of Object.entries(attempts)) {
  const session = iotSession(options);
  const code = await use(session).then(() => undefined, (error) => error.code ?? String(error));
  if (String(code) !== expected) problems.push('says ' + code + ' instead of ' + expected);
  session.close();
}
process.stdout.write(JSON.stringify(problems));
`;
