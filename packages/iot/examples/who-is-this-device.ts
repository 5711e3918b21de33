import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { type IotSessionOptions, iotSession } from '@bsm/iot';

/** Says which role session a device has: it is named after its certificate. */
export async function whoIsThisDevice(options: Partial<IotSessionOptions> = {}): Promise<string | undefined> {
  using session = iotSession({
    endpoint: 'c1a2b3.credentials.iot.eu-west-1.amazonaws.com',
    roleAlias: 'telemetry',
    certificate: '/etc/device/certificate.pem', // looked at again at each refresh
    privateKey: '/etc/device/private.pem',
    ...options,
  } as IotSessionOptions);
  const sts = session.client(STSClient); // made once, with credentials that renew themselves
  const { Arn } = await sts.send(new GetCallerIdentityCommand({}));
  return Arn;
}
