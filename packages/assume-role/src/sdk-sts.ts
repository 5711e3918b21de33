import type { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { internalClientConfig } from '@bsm/core-cache';
import type { CallerIdentityAnswer, StsCall, StsTransport } from './sts-transport.js';

/**
 * Asks STS with `@aws-sdk/client-sts`, which is loaded at the first call.
 *
 * Each session keeps one client, outside of the caches that its user sees, with the session's `clientDefaults`; another one
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
  getCallerIdentity: (call) => sdkOperation<object, CallerIdentityAnswer>('GetCallerIdentityCommand')({}, call),
};

/** Makes one operation of {@link sdkSts}, so that a bundle may have it alone. */
export function sdkOperation<Parameters extends object, Answer>(
  name: CommandName,
): (parameters: Parameters, call: StsCall) => Promise<Answer> {
  return async (parameters, call) => {
    const sdk = await import('@aws-sdk/client-sts');
    // Each command takes its own parameters, which the transport's types have checked.
    const Command = sdk[name] as new (parameters: object) => GetCallerIdentityCommand;
    const options = call.signal && { abortSignal: call.signal };
    return (await heldClient(sdk, call).send(new Command(parameters), options)) as Answer;
  };
}

type Sdk = typeof import('@aws-sdk/client-sts');
type CommandName = Extract<keyof Sdk, `${'Assume' | 'GetSession' | 'GetCaller'}${string}Command`>;

/** A client and what it was made for: one set of credentials, so that a call never signs with another set than it was given. */
type HeldClient = Pick<StsCall, 'credentials' | 'region'> & { readonly client: STSClient };

/** The key of a session's clients; also stands for "no stsClientConfig" among them. */
const CLIENTS: object = {};

function heldClient(sdk: Sdk, { session, credentials, region, clientConfig }: StsCall): STSClient {
  const held = session.resource(CLIENTS, () => new WeakMap<object, HeldClient>());
  const known = held.get(clientConfig ?? CLIENTS);
  if (known?.credentials === credentials && known?.region === region) return known.client;
  const client = new sdk.STSClient({
    ...internalClientConfig(session),
    region,
    ...(credentials && { credentials }),
    ...clientConfig,
  });
  // The client that is replaced is not destroyed: a call may still be under way.
  held.set(clientConfig ?? CLIENTS, { client, credentials, region });
  return client;
}
