import type { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { type AwsCredentialIdentity, internalClientConfig } from '@bsm/core-cache';
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
  assumeRole: /* @__PURE__ */ sdkOperation('AssumeRoleCommand'),
  assumeRoleWithWebIdentity: /* @__PURE__ */ sdkOperation('AssumeRoleWithWebIdentityCommand'),
  assumeRoleWithSaml: /* @__PURE__ */ sdkOperation('AssumeRoleWithSAMLCommand'),
  getSessionToken: /* @__PURE__ */ sdkOperation('GetSessionTokenCommand'),
  getCallerIdentity: (call) => send('GetCallerIdentityCommand', {}, call),
};

/** Makes one operation of {@link sdkSts}, so that a bundle may have it alone. */
export function sdkOperation<Parameters extends object, Answer>(
  name: CommandName,
): (parameters: Parameters, call: StsCall) => Promise<Answer> {
  return (parameters, call) => send(name, parameters, call);
}

type Sdk = typeof import('@aws-sdk/client-sts');
type CommandName = Extract<keyof Sdk, `${'Assume' | 'GetSession' | 'GetCaller'}${string}Command`>;

/** A client and what it was made for: one set of credentials, so that a call never signs with another set than it was given. */
interface HeldClient {
  readonly client: STSClient;
  readonly credentials: AwsCredentialIdentity | undefined;
  readonly region: string;
}

/** The key of a session's clients; also stands for "no stsClientConfig" among them. */
const CLIENTS: object = {};

async function send<Answer>(name: CommandName, parameters: object, call: StsCall): Promise<Answer> {
  const sdk = await import('@aws-sdk/client-sts');
  // Each command takes its own parameters, which the transport's types have checked.
  const Command = sdk[name] as new (parameters: object) => GetCallerIdentityCommand;
  const answer = await heldClient(sdk, call).send(
    new Command(parameters),
    call.signal ? { abortSignal: call.signal } : {},
  );
  return answer as Answer;
}

function heldClient(sdk: Sdk, call: StsCall): STSClient {
  const held = call.session.resource(CLIENTS, () => new WeakMap<object, HeldClient>());
  const key = call.clientConfig ?? CLIENTS;
  const known = held.get(key);
  if (known && known.credentials === call.credentials && known.region === call.region) return known.client;
  // The client that is replaced is not destroyed: its pool belongs to the session, and a call may still be under way.
  const client = new sdk.STSClient(configuration(call));
  held.set(key, { client, credentials: call.credentials, region: call.region });
  return client;
}

function configuration({ session, credentials, region, clientConfig }: StsCall): object {
  return {
    ...internalClientConfig(session),
    region,
    ...(credentials && { credentials: () => Promise.resolve(credentials) }),
    ...clientConfig,
  };
}
