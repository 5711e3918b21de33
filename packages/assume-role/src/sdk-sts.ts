import type { STSClient } from '@aws-sdk/client-sts';
import { type AwsCredentialIdentity, internalClientConfig, type Session } from '@bsm/core-cache';
import type { StsCall, StsTransport } from './sts-transport.js';

/**
 * Asks STS with `@aws-sdk/client-sts`, which is loaded at the first call.
 *
 * Each session keeps one client, outside of the caches that its user sees, with the session's pool and `clientDefaults`; another one
 * per `stsClientConfig`. The user's logger does not reach it, since the SDK logs tokens, unless `stsClientConfig` brings it.
 *
 * @example
 * ```ts
 * const assumeRole = createAssumeRole({ ...sdkSts, assumeRole: measured(sdkSts.assumeRole) });
 * ```
 */
export const sdkSts: StsTransport = {
  assumeRole: (parameters, call) =>
    send(call, (sdk, client) => client.send(new sdk.AssumeRoleCommand(parameters), options(call))),
  assumeRoleWithWebIdentity: (parameters, call) =>
    send(call, (sdk, client) => client.send(new sdk.AssumeRoleWithWebIdentityCommand(parameters), options(call))),
  assumeRoleWithSaml: (parameters, call) =>
    send(call, (sdk, client) => client.send(new sdk.AssumeRoleWithSAMLCommand(parameters), options(call))),
  getSessionToken: (parameters, call) =>
    send(call, (sdk, client) => client.send(new sdk.GetSessionTokenCommand(parameters), options(call))),
  getCallerIdentity: (call) =>
    send(call, (sdk, client) => client.send(new sdk.GetCallerIdentityCommand({}), options(call))),
};

type Sdk = typeof import('@aws-sdk/client-sts');

/** A client and what it was made for: one set of credentials, so that a call never signs with another set than it was given. */
interface HeldClient {
  readonly client: STSClient;
  readonly credentials: AwsCredentialIdentity | undefined;
  readonly region: string;
}

/** The key of a session's clients; also stands for "no stsClientConfig" among them. */
const CLIENTS: object = {};

async function send<Answer>(call: StsCall, ask: (sdk: Sdk, client: STSClient) => Promise<Answer>): Promise<Answer> {
  const sdk = await import('@aws-sdk/client-sts');
  return ask(sdk, heldClient(sdk, call));
}

function options(call: StsCall): { abortSignal?: AbortSignal } {
  return call.signal ? { abortSignal: call.signal } : {};
}

function heldClient(sdk: Sdk, call: StsCall): STSClient {
  const held = call.session.resource(CLIENTS, () => new WeakMap<object, HeldClient>());
  const key = call.clientConfig ?? CLIENTS;
  const known = held.get(key);
  if (known && known.credentials === call.credentials && known.region === call.region) return known.client;
  // The client that is replaced is not destroyed: its pool belongs to the session, and a call may still be under way.
  const client = new sdk.STSClient(configuration(call.session, call));
  held.set(key, { client, credentials: call.credentials, region: call.region });
  return client;
}

function configuration(session: Session, { credentials, region, clientConfig }: StsCall): object {
  return {
    ...internalClientConfig(session),
    region,
    ...(credentials && { credentials: () => Promise.resolve(credentials) }),
    ...clientConfig,
  };
}
