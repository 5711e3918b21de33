/** Where text can be written: any Node stream, or an object of yours that collects what it is given. */
export interface TextStream {
  write(text: string, done?: (error?: Error | null) => void): unknown;
  once?(event: 'error', listener: (error: Error) => void): unknown;
  removeListener?(event: 'error', listener: (error: Error) => void): unknown;
}

/**
 * Writes text and waits until the stream has taken it.
 *
 * A stream of Node says so by a callback; one without events is trusted to be done when `write` returns.
 */
export async function writeText(stream: TextStream, text: string): Promise<void> {
  if (typeof stream.once !== 'function') {
    await stream.write(text);
    return;
  }
  await new Promise<void>((resolve, reject) => {
    // The error event follows the callback. Without a listener it would end the process instead of rejecting this promise.
    stream.once?.('error', reject);
    stream.write(text, (error) => {
      if (error) return reject(error);
      stream.removeListener?.('error', reject);
      resolve();
    });
  });
}
