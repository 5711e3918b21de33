import { BsmError } from './errors.js';

/** Whether something is open; a child is closed with its parent. */
export interface Lifetime {
  isClosed(): boolean;
  close(): void;
  /** Calls the listener once, when this or a parent is closed. Returns a function that takes it back. */
  onClose(listener: () => unknown): () => void;
}

export function createLifetime(parent?: Lifetime): Lifetime {
  const listeners = new Set<() => unknown>();
  let closed = false;
  let leaveParent = (): void => {};
  const isClosed = parent ? (): boolean => closed || parent.isClosed() : (): boolean => closed;

  function close(): void {
    closed = true;
    leaveParent();
    for (const listener of Array.from(listeners)) {
      listeners.delete(listener);
      listener();
    }
  }

  return {
    isClosed,
    close,
    onClose(listener) {
      // The parent knows a child only while the child has somebody to tell: it may outlive thousands of them.
      if (parent && listeners.size === 0) leaveParent = parent.onClose(close);
      listeners.add(listener);
      return () => {
        if (listeners.delete(listener) && listeners.size === 0) leaveParent();
      };
    },
  };
}

/** Makes the error of work that is asked of a closed session. */
export function sessionClosed(): BsmError {
  return new BsmError('ERR_BSM_SESSION_CLOSED', 'The session is closed.');
}
