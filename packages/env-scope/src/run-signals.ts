/** Signals that mean the command as much as this process. */
const PASSED_ON = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** A command that is running. */
export interface SignalReceiver {
  /** Takes a signal that this process got. */
  receive(signal: NodeJS.Signals): void;
}

// One listener for all commands of the process: signals are the process's own, and many listeners would be warned about.
const receivers: Set<SignalReceiver> = /* @__PURE__ */ new Set();

/**
 * Hands the signals of this process to a command, and SIGTERM when the process exits; until the returned function is called. While any
 * command runs, these signals do not end the process. Nothing is listened to before and after.
 */
export function passSignalsTo(receiver: SignalReceiver): () => void {
  if (receivers.size === 0) listen();
  receivers.add(receiver);
  return () => {
    if (receivers.delete(receiver) && receivers.size === 0) stopListening();
  };
}

function listen(): void {
  for (const signal of PASSED_ON) process.on(signal, passOn);
  process.on('exit', endAll);
}

function stopListening(): void {
  for (const signal of PASSED_ON) process.off(signal, passOn);
  process.off('exit', endAll);
}

function passOn(signal: NodeJS.Signals): void {
  for (const receiver of receivers) receiver.receive(signal);
}

function endAll(): void {
  passOn('SIGTERM');
}
