import {
  BsmError,
  createSessionFactory,
  isBsmError,
  isRegion,
  type OptionCheck,
  type OptionChecks,
  type Session,
  type SessionOptions,
} from '@bsm/core-cache';
import { issuedCredentials } from './issued-credentials.js';
import { type CredentialsSource, renewableSession } from './renewable-session.js';
import { markRoleSession } from './role-session-mark.js';
import type { RoleSessionOptions } from './role-session-options.js';
import { type RefusalAdvice, roleSubject, stsRefusal } from './sts-refusal.js';
import type { AssumedRoleAnswer, StsCall } from './sts-transport.js';

type OwnRootOptions = Pick<SessionOptions, 'clientDefaults' | 'clientCache' | 'resourceCache' | 'pool' | 'clock'>;

/** What a session without a source brings along itself, see `createSession`, or takes from a parent. */
export type RootOptions = Pick<SessionOptions, 'region'> &
  (
    | (OwnRootOptions & { readonly parent?: undefined })
    | ({ readonly [Name in keyof OwnRootOptions]?: undefined } & {
        /**
         * A session that this one is derived from, see `Session.derive`: it has region, client defaults, connections and clock of it,
         * and is closed with its root. Its credentials are not used. Default: this session is a root.
         */
        readonly parent?: Session | undefined;
      })
  );

/** What the session of a role may be told that has no source. */
export type RootRoleSessionOptions = Omit<RoleSessionOptions, 'region'> & RootOptions;

/** Checks for the options of {@link RootOptions}; what they hold but the region and the parent is checked where the session is made. */
export function rootChecks(options: RootOptions): OptionChecks<RootOptions> {
  const isOwn: OptionCheck = () => (options.parent === undefined ? undefined : 'absent beside parent, which has it');
  return {
    region: isRegion,
    parent: isSession,
    clientDefaults: isOwn,
    clientCache: isOwn,
    resourceCache: isOwn,
    pool: isOwn,
    clock: isOwn,
  };
}

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
  const { parent, clientDefaults, clientCache, resourceCache, pool, clock } = options;
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
  const session: Session = renewableSession(options, subject, issue, (credentials, refresh) => {
    const own = { credentials, region, refresh };
    return parent?.derive(own) ?? createRoot({ ...own, clientDefaults, clientCache, resourceCache, pool, clock });
  });
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

const isSession: OptionCheck = (value) =>
  typeof (value as Partial<Session> | null)?.derive === 'function' ? undefined : 'a session';

const createRoot: ReturnType<typeof createSessionFactory> = /* @__PURE__ */ createSessionFactory({
  defaultCredentials() {
    throw new BsmError('ERR_BSM_CREDENTIALS_NOT_FOUND', 'A session of a role has no default credentials.');
  },
});
