/**
 * Calls the function when the process exits and at each SIGINT, SIGTERM and SIGHUP, until the returned function is called. It is
 * called more than once when the process goes on after a signal.
 *
 * A signal is raised again when nobody else listens for it, so that the process ends by it as it would have; whoever else listens
 * decides that alone. The listeners are there only while there is something to remove, and step aside while others hear of a
 * signal, so that those who count the listeners (signal-exit does) see themselves alone. Worker threads get no signals.
 */
export function removeAtExit(remove: () => void): () => void {
  waiting.add(remove);
  listen();
  return () => {
    waiting.delete(remove);
    if (waiting.size === 0) stopListening();
  };
}

/** What is to be done at the end of the process: the one thing here that belongs to the process and to no session. */
const waiting: Set<() => void> = /* @__PURE__ */ new Set();

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

function listen(): void {
  stopListening();
  process.on('exit', removeAll);
  for (const signal of SIGNALS) process.prependListener(signal, onSignal);
}

function stopListening(): void {
  process.off('exit', removeAll);
  for (const signal of SIGNALS) process.off(signal, onSignal);
}

function onSignal(signal: NodeJS.Signals): void {
  removeAll();
  stopListening();
  if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
  // The process may go on, with a scope that was about to write its file.
  setImmediate(() => {
    if (waiting.size > 0) listen();
  });
}

function removeAll(): void {
  for (const remove of waiting) {
    try {
      remove();
    } catch {
      // Nobody is left who could be told; the next scope sweeps.
    }
  }
}
