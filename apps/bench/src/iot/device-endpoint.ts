import { startFakeAws } from '@bsm/testing';

/** A device, and the credential endpoint that knows it. All but the endpoint is PEM. */
export interface Device {
  /** `host:port`. */
  readonly endpoint: string;
  readonly ca: string;
  readonly certificate: string;
  readonly privateKey: string;
}

/** What an endpoint did so far. */
export interface EndpointCounts {
  readonly requests: number;
  /** Full and resumed ones. */
  readonly handshakes: number;
}

/** A credential endpoint of one device. */
export interface DeviceEndpoint extends AsyncDisposable {
  readonly device: Device;
  counts(): Promise<EndpointCounts>;
}

export const ROLE_ALIAS = 'telemetry';

/** Starts one in this process, on loopback. */
export async function startDeviceEndpoint(): Promise<DeviceEndpoint> {
  const aws = await startFakeAws({ realTime: true });
  const service = await aws.startCredentialEndpoint();
  const Principal = { Service: 'credentials.iot.amazonaws.com' };
  const trustPolicy = { Statement: { Effect: 'Allow', Principal, Action: 'sts:AssumeRole' } } as const;
  service.addRoleAlias({
    roleAlias: ROLE_ALIAS,
    role: aws.addRole({ accountId: '123456789012', roleName: 'telemetry', trustPolicy }),
  });
  const { certificate, privateKey } = service.issueCertificate();
  const { endpoint, ca, handshakes } = service;
  return {
    device: { endpoint, ca, certificate, privateKey },
    counts: async () => ({
      requests: aws.count('AssumeRoleWithCertificate'),
      handshakes: handshakes.full + handshakes.resumed,
    }),
    [Symbol.asyncDispose]: () => aws.close(),
  };
}
