import { BsmError } from './errors.js';

/** Whether something is open; a child is closed with its parent. */
export interface Lifetime {
  readonly closed: boolean;
  close(): void;
  /** Calls the listener once, when this or a parent is closed. Returns a function that takes it back. */
  onClose(listener: () => void): () => void;
}

export function createLifetime(parent?: Lifetime): Lifetime {
  const listeners = new Set<() => void>();
  let closed = false;
  return {
    get closed() {
      return closed || (parent?.closed ?? false);
    },
    close() {
      closed = true;
      for (const listener of Array.from(listeners)) listener();
      listeners.clear();
    },
    onClose(listener) {
      listeners.add(listener);
      const forget = parent?.onClose(listener);
      return () => {
        listeners.delete(listener);
        forget?.();
      };
    },
  };
}

/** Makes the error of work that is asked of a closed session. */
export function sessionClosed(): BsmError {
  return new BsmError('ERR_BSM_SESSION_CLOSED', 'The session is closed. Make a new one.');
}
