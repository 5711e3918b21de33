import type { Duplex } from 'node:stream';
import type { MqttClient } from 'mqtt';

/** How the bytes of MQTT get to the broker. */
export interface MqttLink {
  /** Makes one connection; rejects with a BsmError, or with whatever happened. */
  open(signal: AbortSignal, client: MqttClient): Promise<Duplex>;
  /** Ends what the link made for itself. */
  close(): void;
}

/** Waits for the event that says a stream is ready; when it fails or `signal` aborts, the stream is gone. */
export function untilReady(
  start: (ready: () => void) => Duplex,
  signal: AbortSignal,
  explain: (error: unknown) => Error,
): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const stream = start(() => resolve(stream));
    const abandon = (): void => void stream.destroy();
    signal.addEventListener('abort', abandon, { once: true });
    // Stays in place, so that an error between being ready and being used is nobody's surprise.
    stream.on('error', (error) => reject(explain(error)));
    stream.once('close', () => {
      signal.removeEventListener('abort', abandon);
      reject(signal.aborted ? signal.reason : explain(new Error('closed')));
    });
  });
}
