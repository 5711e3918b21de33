import {
  BsmError,
  createSessionFactory,
  isBsmError,
  isRegion,
  type OptionCheck,
  type Session,
  type SessionOptions,
} from '@bsm/core-cache';
import { issuedCredentials } from './issued-credentials.js';
import { type CredentialsSource, renewableSession } from './renewable-session.js';
import { markRoleSession } from './role-session-mark.js';
import type { RoleSessionOptions } from './role-session-options.js';
import { type RefusalAdvice, roleSubject, stsRefusal } from './sts-refusal.js';
import type { AssumedRoleAnswer, StsCall } from './sts-transport.js';

/** What a session without a source brings along itself; see `createSession`. */
export type RootOptions = Pick<
  SessionOptions,
  'region' | 'clientDefaults' | 'clientCache' | 'resourceCache' | 'pool' | 'clock'
>;

/** What the session of a role may be told that has no source. */
export type RootRoleSessionOptions = Omit<RoleSessionOptions, 'region'> & RootOptions;

/** The options of {@link RootOptions} but the region are checked where the session is made. */
export const rootChecks: { readonly [Name in keyof Required<RootOptions>]: OptionCheck } = {
  region: isRegion,
  clientDefaults: () => undefined,
  clientCache: () => undefined,
  resourceCache: () => undefined,
  pool: () => undefined,
  clock: () => undefined,
};

/** What the session of a role is made of that is assumed without AWS credentials. */
export interface RootRoleSessionParts {
  readonly options: RootRoleSessionOptions;
  readonly feature: Readonly<Record<string, string>>;
  readonly advice: readonly RefusalAdvice[];
  /** Gets the token or assertion that stands in for a signature; asked before each call, never shown. */
  readonly prove: (signal: AbortSignal) => Promise<string>;
  readonly ask: (proof: string, call: StsCall) => Promise<AssumedRoleAnswer>;
}

/** Makes a session whose credentials STS issues for a proof of identity. Makes no call. */
export function rootRoleSession({ options, feature, advice, prove, ask }: RootRoleSessionParts): Session {
  const { roleArn, region, stsClientConfig: clientConfig } = options;
  const { clientDefaults, clientCache, resourceCache, pool, clock } = options;
  const subject = roleSubject(roleArn);
  const issue: CredentialsSource = async ({ signal }) => {
    const call = { session, region: await session.region(), signal, clientConfig };
    const proof = await prove(signal);
    try {
      const answer = await ask(proof, call);
      return issuedCredentials(answer, { subject, feature, accountId: roleArn.split(':')[4] });
    } catch (error) {
      throw stsRefusal(error, { subject, advice, secrets: [proof] });
    }
  };
  const session: Session = renewableSession(options, subject, issue, (credentials, refresh) =>
    createRoot({ credentials, region, refresh, clientDefaults, clientCache, resourceCache, pool, clock }),
  );
  return markRoleSession(session);
}

/**
 * Calls the function that gives a token or an assertion.
 *
 * @throws BsmError `ERR_BSM_REFRESH_FAILED` when it fails, `ERR_BSM_CREDENTIALS_INVALID` when it gives no text.
 */
export async function callForProof(option: string, give: () => string | Promise<string>): Promise<string> {
  let proof: unknown;
  try {
    proof = await give();
  } catch (cause) {
    if (isBsmError(cause)) throw cause;
    throw new BsmError('ERR_BSM_REFRESH_FAILED', `The function in ${option} failed.`, { retryable: true, cause });
  }
  if (typeof proof === 'string' && proof.trim() !== '') return proof.trim();
  throw new BsmError('ERR_BSM_CREDENTIALS_INVALID', `The function in ${option} gave no text.`, { retryable: true });
}

const createRoot: ReturnType<typeof createSessionFactory> = /* @__PURE__ */ createSessionFactory({
  defaultCredentials() {
    throw new BsmError('ERR_BSM_CREDENTIALS_NOT_FOUND', 'A session of a role has no default credentials.');
  },
});
