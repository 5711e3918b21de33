import {
  assertOption,
  fromSessionLike,
  isFunction,
  optionInvalid,
  type Session,
  type SessionLike,
} from '@bsm/core-cache';
import { type AssumeRoleOptions, checkAssumeRoleOptions } from './assume-role-options.js';
import { roleSession } from './create-assume-role.js';
import { isRoleSession } from './role-session-mark.js';
import { sdkOperation } from './sdk-sts.js';
import type { StsTransport } from './sts-transport.js';

/** Makes the session at the end of a chain; see `assumeRoleChain`. */
export type AssumeRoleChain = (source: SessionLike, hops: readonly AssumeRoleOptions[]) => Session;

/**
 * Makes an `assumeRoleChain` that asks STS in another way than with the SDK's client.
 *
 * @example
 * ```ts
 * const assumeRoleChain = createAssumeRoleChain(transport);
 * ```
 */
export function createAssumeRoleChain(sts: Pick<StsTransport, 'assumeRole'>): AssumeRoleChain {
  assertOption('createAssumeRoleChain', 'sts', sts?.assumeRole, isFunction);
  return (sessionLike, hops) => {
    const source = fromSessionLike(sessionLike);
    checkHops(hops, isRoleSession(source));
    return hops.reduce<Session>((session, hop) => roleSession(sts, session, hop), source);
  };
}

/**
 * Assumes one role with the credentials of the other, and returns the session of the last.
 *
 * Each hop is a session (`parent` leads back), refreshed by itself and at most once per lifetime; a hop's error names its role. All
 * hops are checked before anything is made; names of options in errors begin with the hop: `hops[1].durationSeconds`. AWS limits
 * every role after the first to one hour. For tags to reach later hops, name them in `transitiveTagKeys`.
 *
 * @throws BsmError `ERR_BSM_OPTION_INVALID` for an empty list and for what `assumeRole` refuses.
 *
 * @example
 * ```ts
 * const target = assumeRoleChain(session, [{ roleArn: hubRoleArn }, { roleArn: targetRoleArn, externalId }]);
 * ```
 */
export const assumeRoleChain: AssumeRoleChain = /* @__PURE__ */ createAssumeRoleChain({
  assumeRole: /* @__PURE__ */ sdkOperation('AssumeRoleCommand'),
});

function checkHops(hops: readonly AssumeRoleOptions[], sourceIsRole: boolean): void {
  const subject = 'assumeRoleChain';
  if (!Array.isArray(hops) || hops.length === 0) throw optionInvalid(subject, 'hops', 'a list of at least one role');
  for (const [index, hop] of hops.entries()) {
    checkAssumeRoleOptions(subject, hop, sourceIsRole || index > 0, `hops[${index}].`);
  }
}
