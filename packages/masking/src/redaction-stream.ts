import type { TextScanner } from './text-scanner.js';

declare global {
  // Merges with the interface of the DOM or Node types where a program has them, so that this package asks for neither.
  // biome-ignore lint/suspicious/noExplicitAny: a merged interface must repeat the type parameters of the others exactly
  interface TransformStream<I = any, O = any> {}
}

/** Makes the stream that reads its text through a scanner. */
export function redactionStream(scanner: TextScanner): TransformStream<string, string> {
  return new TransformStream<string, string>({
    transform(chunk, controller) {
      if (typeof chunk !== 'string') {
        throw new TypeError('A redaction stream takes strings. Pipe bytes through a TextDecoderStream first.');
      }
      const text = scanner.write(chunk);
      if (text !== '') controller.enqueue(text);
    },
    flush(controller) {
      const text = scanner.end();
      if (text !== '') controller.enqueue(text);
    },
  });
}
