import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { startFakeAws } from '@bsm/testing';
import { expect, test } from 'vitest';
import { assumeRole, fromSnapshotFile, run, SessionManager, withEnv, withSnapshotFile } from './index.js';
import { iotSession } from './iot.js';

test('on a session from the certificate of a device the whole library works', async () => {
  // The child goes by real time.
  await using aws = await startFakeAws({ realTime: true });
  const endpoint = await aws.startCredentialEndpoint();
  const role = aws.addRole({
    accountId: '123456789012',
    roleName: 'telemetry',
    trustPolicy: {
      Statement: {
        Effect: 'Allow',
        Principal: { Service: 'credentials.iot.amazonaws.com' },
        Action: 'sts:AssumeRole',
      },
    },
  });
  endpoint.addRoleAlias({ roleAlias: 'telemetry', role });
  const uploads = aws.addRole({ accountId: '444455556666', roleName: 'uploads', trust: role.arn });
  const { certificate, privateKey } = endpoint.issueCertificate({ things: ['sensor-7'] });
  using device = iotSession({
    endpoint: endpoint.endpoint,
    ca: endpoint.ca,
    certificate,
    privateKey,
    roleAlias: 'telemetry',
    region: 'eu-west-1',
    clientDefaults: { endpoint: aws.endpoint },
  });

  const upload = assumeRole(device, { roleArn: uploads.arn, roleSessionName: 'sensor-7' });
  const { Arn } = await upload.client(STSClient).send(new GetCallerIdentityCommand({}));
  expect([Arn, upload.parent]).toEqual([uploads.sessionArn('sensor-7'), device]);
  expect(await upload.region()).toBe('eu-west-1');

  const manager = SessionManager.from(device);
  expect(await manager.accountId()).toBe('123456789012');
  expect(manager.assumeRole({ roleArn: uploads.arn })).toBeInstanceOf(SessionManager);

  const program = 'process.stdout.write(process.env.AWS_CONTAINER_CREDENTIALS_FULL_URI ?? "")';
  const { stdout, exitCode } = await run(upload, process.execPath, ['-e', program], { stdio: 'pipe' });
  expect([exitCode, stdout]).toEqual([0, expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\//)]);

  const { accessKeyId } = await device.credentials();
  expect(await withEnv(device, () => process.env['AWS_ACCESS_KEY_ID'])).toBe(accessKeyId);
  await withSnapshotFile(device, async (path) => {
    using restored = await fromSnapshotFile(path);
    expect((await restored.credentials()).accessKeyId).toBe(accessKeyId);
    expect(restored.credentials.expiration).toEqual(device.credentials.expiration);
  });
  expect([aws.count('AssumeRoleWithCertificate'), aws.count('AssumeRole')]).toEqual([1, 1]);
});
