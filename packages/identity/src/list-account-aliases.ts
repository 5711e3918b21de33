import type { Session } from '@bsm/core-cache';
import { callListAccountAliases } from './call-list-account-aliases.js';
import { createSharedCall, type SharedCall } from './shared-call.js';

/** The aliases of the account, asked once per session. An empty list is kept like any other answer, a failure is not. */
export function listAccountAliases(session: Session, signal?: AbortSignal): Promise<readonly string[]> {
  const ask: SharedCall<readonly string[]> = session.resource(callListAccountAliases, () =>
    createSharedCall((abort) => callListAccountAliases(session, abort)),
  );
  return ask(signal);
}
