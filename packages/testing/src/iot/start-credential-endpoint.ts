import { createServer } from 'node:https';
import type { TLSSocket } from 'node:tls';
import type { Faults } from '../faults/faults.js';
import {
  accountId,
  checkOptions,
  date,
  integer,
  listOf,
  oneOf,
  region,
  required,
  rule,
  text,
} from '../option-check.js';
import type { Recorder } from '../server/recorder.js';
import { closeServer, listen } from '../server/server.js';
import { createAccount } from '../world/register-principal.js';
import type { World } from '../world/world.js';
import { makeKeyPair } from './certificate-authority.js';
import type { RoleAlias } from './credential-operation.js';
import {
  createDeviceRegistry,
  type FakeDeviceCertificate,
  type IssueCertificateOptions,
  type RegisterCertificateOptions,
  roleAliasName,
} from './device-registry.js';
import { serveCredentials } from './serve-credentials.js';

/** How a credential endpoint is started. */
export interface CredentialEndpointOptions {
  /** Account of the certificates. Default `123456789012`; made when it does not exist. */
  readonly accountId?: string | undefined;
  /** Default `us-east-1`. */
  readonly region?: string | undefined;
  /** The only version of TLS that it speaks. Default: 1.2 and 1.3. */
  readonly tlsVersion?: 'TLSv1.2' | 'TLSv1.3' | undefined;
  /** PEM of authorities beside {@link FakeCredentialEndpoint.ca} whose certificates devices may have. */
  readonly deviceAuthorities?: readonly string[] | undefined;
  /** End of its own certificate, in real time. Default: in a month. */
  readonly notAfter?: Date | undefined;
}

/** A role alias to add. */
export interface AddRoleAliasOptions {
  readonly roleAlias: string;
  /** Handle or ARN. It must trust `{ Service: 'credentials.iot.amazonaws.com' }`, and exist, when it is used. */
  readonly role: string | { readonly arn: string };
  /** 900 to 43200. Default 3600. */
  readonly durationSeconds?: number | undefined;
}

/** A credential endpoint of AWS IoT Core. */
export interface FakeCredentialEndpoint {
  /** `host:port` on loopback. Its certificate is for this host, for `localhost` and for {@link servername}. */
  readonly endpoint: string;
  /** A name as AWS gives one: `….credentials.iot.REGION.amazonaws.com`. */
  readonly servername: string;
  /** PEM of the authority that signed the endpoint and the devices. */
  readonly ca: string;
  /** TLS handshakes so far with an exchange of certificates, and those that resumed an earlier session. */
  readonly handshakes: { readonly full: number; readonly resumed: number };
  /** Connections that are open now, idle ones included. */
  readonly connections: number;
  /** ALPN protocol of the last connection; `false` when none was agreed on. */
  readonly alpnProtocol: string | false | undefined;
  /** Issues a certificate for a device, and registers it unless told otherwise. */
  issueCertificate(options?: IssueCertificateOptions): FakeDeviceCertificate;
  /** Registers a certificate of the authority {@link ca} that was not issued here. */
  registerCertificate(certificate: string, options?: RegisterCertificateOptions): FakeDeviceCertificate;
  addRoleAlias(options: AddRoleAliasOptions): void;
  removeRoleAlias(roleAlias: string): void;
  /** Breaks connections that wait for a next request, as a server does after its idle time. */
  closeIdleConnections(): void;
  /** Ends all connections at once and stops listening. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** What all servers of a fake AWS have in common. */
export interface SharedParts {
  readonly world: World;
  readonly faults: Faults;
  readonly recorder: Recorder;
}

/** Starts a credential endpoint on a free loopback port. */
export async function startCredentialEndpoint(
  parts: SharedParts,
  options: CredentialEndpointOptions = {},
): Promise<FakeCredentialEndpoint> {
  checkOptions<CredentialEndpointOptions>(options, {
    accountId: accountId(),
    region: region(),
    tlsVersion: oneOf('TLSv1.2', 'TLSv1.3'),
    deviceAuthorities: listOf(text()),
    notAfter: date(),
  });
  const { accountId: account = '123456789012', region: place = 'us-east-1', tlsVersion } = options;
  if (!parts.world.accounts.has(account)) createAccount(parts.world, account);
  const servername = `c0${account}.credentials.iot.${place}.amazonaws.com`;
  const registry = createDeviceRegistry();
  const roleAliases = new Map<string, RoleAlias>();
  const { privateKey, publicKey } = makeKeyPair('ec');
  const certificate = registry.authority.issue({
    commonName: servername,
    publicKey,
    notAfter: options.notAfter,
    use: 'server',
    names: [servername, 'localhost', '127.0.0.1'],
  });
  const server = createServer({
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    cert: certificate,
    ca: [registry.authority.certificate, ...(options.deviceAuthorities ?? [])],
    requestCert: true,
    rejectUnauthorized: true,
    ALPNProtocols: ['x-amzn-http-ca', 'http/1.1'],
    ...(tlsVersion && { minVersion: tlsVersion, maxVersion: tlsVersion }),
  });
  const handshakes = { full: 0, resumed: 0 };
  let connections = 0;
  let alpnProtocol: string | false | undefined;
  server.on('secureConnection', (socket: TLSSocket) => {
    handshakes[socket.isSessionReused() ? 'resumed' : 'full']++;
    alpnProtocol = socket.alpnProtocol ?? undefined;
    connections++;
    socket.once('close', () => connections--);
  });
  serveCredentials(server, { ...parts, registry, roleAliases, region: place });
  const port = await listen(server);
  let closed: Promise<void> | undefined;
  function close(): Promise<void> {
    closed ??= closeServer(server);
    return closed;
  }
  return {
    endpoint: `127.0.0.1:${port}`,
    servername,
    ca: registry.authority.certificate,
    handshakes,
    get connections() {
      return connections;
    },
    get alpnProtocol() {
      return alpnProtocol;
    },
    issueCertificate: registry.issue,
    registerCertificate: registry.register,
    addRoleAlias(alias) {
      checkOptions<AddRoleAliasOptions>(alias, {
        roleAlias: required(roleAliasName()),
        role: required(rule('must be a role or its ARN', isRole)),
        durationSeconds: integer(900, 43_200),
      });
      const { roleAlias, role, durationSeconds = 3600 } = alias;
      roleAliases.set(roleAlias, { roleArn: typeof role === 'string' ? role : role.arn, durationSeconds });
    },
    removeRoleAlias: (roleAlias) => void roleAliases.delete(roleAlias),
    closeIdleConnections: () => server.closeIdleConnections(),
    close,
    [Symbol.asyncDispose]: close,
  };
}

function isRole(value: unknown): boolean {
  const arn = typeof value === 'string' ? value : (value as { arn?: unknown } | null)?.arn;
  return typeof arn === 'string' && /^arn:[\w-]+:iam::\d{12}:role\/./.test(arn);
}
