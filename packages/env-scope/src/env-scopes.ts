import { AsyncLocalStorage } from 'node:async_hooks';
import { createTurnQueue, type TurnQueue } from './turn-queue.js';

/** A scope that holds `process.env`, or the process itself, in which the outermost scopes are begun. */
export interface EnvScope {
  /** Undefined for the process. */
  readonly parent: EnvScope | undefined;
  /** The turns of the scopes that are begun inside. */
  readonly inner: TurnQueue;
  isOpen: boolean;
}

/** What the scopes of a process have in common. */
export interface EnvScopes {
  readonly process: EnvScope;
  /** Tells which scope a piece of code was started by, also after `await`. */
  readonly storage: AsyncLocalStorage<EnvScope>;
  /** Present while an open scope sets `AWS_ENDPOINT_URL`: what it was before. */
  endpoint: { readonly before: string | undefined } | undefined;
}

/** Returns the one set of scopes of the process: `process.env` is one, also where this package is loaded twice (ESM and CommonJS). */
export function envScopes(): EnvScopes {
  const holder = globalThis as { [key: symbol]: EnvScopes | undefined };
  const key = Symbol.for('@bsm/env-scope/1');
  holder[key] ??= { process: createEnvScope(undefined), storage: new AsyncLocalStorage(), endpoint: undefined };
  return holder[key];
}

/** Makes a scope that is open. */
export function createEnvScope(parent: EnvScope | undefined): EnvScope {
  return { parent, inner: createTurnQueue(), isOpen: true };
}

/** Returns the innermost open scope that the running code was started by: what outlives its scope counts as started outside. */
export function enclosingScope({ storage, process }: EnvScopes): EnvScope {
  let scope = storage.getStore() ?? process;
  while (!scope.isOpen && scope.parent) scope = scope.parent;
  return scope;
}
