import { optionInvalid } from './check-options.js';
import { createSession } from './create-session.js';
import type { Session } from './session.js';

interface DefaultSessionContext {
  session: Session | undefined;
  scope: { run<T>(session: Session, fn: () => T): T; getStore(): Session | undefined } | undefined;
}

/**
 * Returns the default session: the one of the enclosing {@link runWithSession}, else the one that was set, else one made now with
 * `createSession()` and kept. One per process, also where this package is loaded twice (ESM and CommonJS).
 *
 * What `boto3.DEFAULT_SESSION` is in Python. Code that takes a session as a parameter is easier to test.
 *
 * @example
 * ```ts
 * async function listBuckets(session: Session = getDefaultSession()) {
 *   return session.client(S3Client).send(new ListBucketsCommand({}));
 * }
 * ```
 */
export function getDefaultSession(): Session {
  const context = defaultContext();
  const scoped = context.scope?.getStore();
  if (scoped) return scoped;
  context.session ??= createSession();
  return context.session;
}

/**
 * Sets the default session of the process; `undefined` lets the next {@link getDefaultSession} make a new one. The session that
 * was set before is not closed.
 *
 * @throws BsmError `ERR_BSM_OPTION_INVALID` for what is no session.
 *
 * @example
 * ```ts
 * setDefaultSession(createSession({ profile: args.profile }));
 * ```
 */
export function setDefaultSession(session: Session | undefined): void {
  if (session !== undefined) assertSession('setDefaultSession', session);
  defaultContext().session = session;
}

/**
 * Runs `fn` with a default session of its own, for all that `fn` starts, also after `await`. Scopes nest, and concurrent scopes
 * do not mix. Needs `AsyncLocalStorage` (Node, Lambda, Bun, Deno).
 *
 * @throws BsmError `ERR_BSM_OPTION_INVALID` for what is no session or no function; otherwise what `fn` throws.
 *
 * @example
 * ```ts
 * await runWithSession(tenantSession, () => handle(request)); // getDefaultSession() inside is tenantSession
 * ```
 */
export function runWithSession<T>(session: Session, fn: () => T): T {
  assertSession('runWithSession', session);
  if (typeof fn !== 'function') throw optionInvalid('runWithSession', 'fn', 'a function');
  const context = defaultContext();
  context.scope ??= createScope();
  return context.scope.run(session, fn);
}

function createScope(): NonNullable<DefaultSessionContext['scope']> {
  const AsyncLocalStorage = globalThis.process?.getBuiltinModule?.('node:async_hooks')?.AsyncLocalStorage;
  if (!AsyncLocalStorage) throw new Error('runWithSession needs AsyncLocalStorage, which this runtime does not have.');
  return new AsyncLocalStorage<Session>();
}

function assertSession(subject: string, session: unknown): void {
  const { client, credentials } = (session ?? {}) as Partial<Session>;
  if (typeof client !== 'function' || typeof credentials !== 'function')
    throw optionInvalid(subject, 'session', 'a session');
}

function defaultContext(): DefaultSessionContext {
  const key = Symbol.for('@bsm/context/1');
  const holder = globalThis as { [key: symbol]: DefaultSessionContext | undefined };
  holder[key] ??= { session: undefined, scope: undefined };
  return holder[key];
}
