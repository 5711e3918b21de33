import {
  assertOption,
  BsmError,
  checkOptions,
  fromSessionLike,
  isDuration,
  isFunction,
  isOneOf,
  type Session,
  type SessionLike,
  sessionTime,
} from '@bsm/core-cache';
import { CREDENTIAL_ENV_CHECKS, type CredentialEnvOptions, credentialEnv } from './credential-env.js';
import { createEnvScope, type EnvScope, enclosingScope, envScopes } from './env-scopes.js';
import { swapEnvironment } from './swap-environment.js';

/** What a scope puts into `process.env`, and how it waits for its turn. */
export interface WithEnvOptions extends CredentialEnvOptions {
  /** When another scope has the turn: `wait` in order of arrival, or `refuse` with `ERR_BSM_ENV_SCOPE_BUSY`. Default `wait`. */
  readonly overlap?: 'wait' | 'refuse' | undefined;
  /**
   * How long to wait for the turn, in milliseconds, by the clock of the session or the system's, whichever is first. Neither the time
   * to resolve credentials (`refresh.timeoutMs`) nor that of the function counts. Default 60,000.
   */
  readonly timeoutMs?: number | undefined;
  /** Ends the wait for the turn and for credentials with the signal's reason. A function that runs is never interrupted. */
  readonly signal?: AbortSignal | undefined;
}

const DEFAULT_TIMEOUT_MS = 60_000;

/**
 * Runs a function while `process.env` holds the credentials of the session, then puts back what was there.
 *
 * For code in this process that takes credentials from nowhere else. **For a child process use `childEnv`**, which changes nothing here:
 * `process.env` is one for the whole process, so that all other code that reads it meanwhile sees these credentials too.
 *
 * - Inside, everything that could contradict the credentials is removed, as by `childEnv`. Afterwards, whether `fn` returned or threw,
 *   each of these variables is what it was before; what `fn` did to other variables stays.
 * - Scopes never overlap: in a process one is open at a time, in order of arrival, also those of one session and of another copy of
 *   this package. A call that `fn` makes, also after `await`, nests: inner scopes run one at a time inside the outer one, which
 *   ends when all of them have ended.
 * - Credentials and region are resolved when the turn has come and before `process.env` is touched: in full validity, and never with
 *   the identity of another scope. They are not renewed while `fn` runs; `minRemainingMs` says how long they should last.
 * - A wait for something that itself waits for this scope (a scope begun outside of it, awaited inside) ends by `timeoutMs`.
 *
 * What `awscli()` of boto_session_manager is in Python.
 *
 * @returns what `fn` returns.
 * @throws BsmError `ERR_BSM_ENV_SCOPE_BUSY` when the turn did not come, `ERR_BSM_OPTION_INVALID`, and what resolving the credentials
 *   or the region throws; the reason of `signal`. `fn` is not called then. What `fn` throws is thrown as it is.
 *
 * @example
 * ```ts
 * await withEnv(session, () => legacyDeploy()); // reads process.env.AWS_ACCESS_KEY_ID
 * ```
 */
export async function withEnv<T>(source: SessionLike, fn: () => T | Promise<T>, options?: WithEnvOptions): Promise<T> {
  checkOptions<WithEnvOptions>('withEnv', options, {
    ...CREDENTIAL_ENV_CHECKS,
    overlap: isOneOf('wait', 'refuse'),
    timeoutMs: isDuration(),
  });
  assertOption('withEnv', 'fn', fn, isFunction);
  const session = fromSessionLike(source);
  const { overlap, timeoutMs = DEFAULT_TIMEOUT_MS, ...handedOn } = options ?? {};
  const { signal } = handedOn;
  signal?.throwIfAborted();

  const scopes = envScopes();
  const outer = enclosingScope(scopes);
  if (overlap === 'refuse' && outer.inner.isBusy) throw busy('overlap is "refuse"');
  const endTurn = await outer.inner.take({
    signal,
    startDeadline: (fail) => startDeadline(session, timeoutMs, () => fail(busy(`no turn within ${timeoutMs} ms`))),
  });
  try {
    const variables = await credentialEnv(session, handedOn);
    signal?.throwIfAborted();
    return await runInScope(outer, variables, fn);
  } finally {
    endTurn();
    // A live AsyncLocalStorage slows every `await` of the process.
    if (!scopes.process.inner.isBusy) scopes.storage.disable();
  }
}

async function runInScope<T>(
  outer: EnvScope,
  variables: Readonly<Record<string, string>>,
  fn: () => T | Promise<T>,
): Promise<T> {
  const scopes = envScopes();
  const scope = createEnvScope(outer);
  const restore = swapEnvironment(scopes, variables);
  try {
    return await scopes.storage.run(scope, fn);
  } finally {
    while (scope.inner.isBusy) await scope.inner.idle();
    scope.isOpen = false;
    restore();
  }
}

/** Calls back when the time is over, by the clock of the session or by the system's: one that stands still must not stop the end. */
function startDeadline(session: Session, timeoutMs: number, callback: () => void): () => void {
  const stop = sessionTime(session).startTimer(callback, timeoutMs);
  // Keeps the process alive, unlike the other: else one in which all wait for each other would end without a word.
  const timer = setTimeout(callback, timeoutMs);
  return () => {
    stop();
    clearTimeout(timer);
  };
}

function busy(why: string): BsmError {
  const message = `Another scope has the environment: ${why}. A scope that waits for one begun outside of it never ends; childEnv needs no turn.`;
  return new BsmError('ERR_BSM_ENV_SCOPE_BUSY', message, { retryable: true });
}
