/**
 * Calls the function when the process exits or gets SIGINT, SIGTERM or SIGHUP, until the returned function is called.
 *
 * A signal is raised again when nobody else listens for it, so that the process ends by it as it would have; whoever else listens
 * decides that alone. The listeners are there only while there is something to remove, and go before others hear of a signal, so
 * that those who count the listeners (signal-exit does) see themselves alone. Worker threads get no signals.
 */
export function removeAtExit(remove: () => void): () => void {
  if (waiting.size === 0) listen();
  waiting.add(remove);
  return () => {
    waiting.delete(remove);
    if (waiting.size === 0) stopListening();
  };
}

/** What is to be done at the end of the process: the one thing here that belongs to the process and to no session. */
const waiting: Set<() => void> = /* @__PURE__ */ new Set();

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

function listen(): void {
  process.on('exit', removeAll);
  for (const signal of SIGNALS) process.prependListener(signal, onSignal);
}

function stopListening(): void {
  process.off('exit', removeAll);
  for (const signal of SIGNALS) process.off(signal, onSignal);
}

function onSignal(signal: NodeJS.Signals): void {
  removeAll();
  if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
}

function removeAll(): void {
  stopListening();
  for (const remove of waiting) {
    try {
      remove();
    } catch {
      // Nobody is left who could be told; the next scope sweeps.
    }
  }
  waiting.clear();
}
