import type { Readable } from 'node:stream';

/** Keeps what a stream brings, up to a limit, and returns what gives it as text; nothing for no stream. */
export function captureOutput(
  stream: Readable | null | undefined,
  maxBytes: number,
  onTooMuch: () => void,
): (() => string) | undefined {
  if (!stream) return undefined;
  const chunks: Buffer[] = [];
  let size = 0;
  stream.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size <= maxBytes) chunks.push(chunk);
    else onTooMuch();
  });
  // A pipe that breaks has ended.
  stream.on('error', () => {});
  return () => Buffer.concat(chunks).toString('utf8');
}
