import { Duplex } from 'node:stream';

/**
 * Makes a stream at once for a connection that is made later, since mqtt.js cannot wait for credentials, files and PINs.
 *
 * What is written meanwhile waits. Whatever goes wrong destroys the stream with what `explain` makes of it; destroying the stream
 * aborts what is still opening and ends the connection, and only then says `close`.
 */
export function createLateStream(
  open: (signal: AbortSignal) => Promise<Duplex>,
  explain: (error: unknown) => Error,
): Duplex {
  const opening = new AbortController();
  let inner: Duplex | undefined;
  const fail = (error: unknown): void => void outer.destroy(explain(error));

  const outer = new Duplex({
    read() {
      inner?.resume();
    },
    write(chunk: Buffer, encoding, done) {
      opened.then(
        (stream) => stream.write(chunk, encoding, (error) => done(error && explain(error))),
        () => {},
      );
    },
    final(done) {
      opened.then(
        (stream) => stream.end(() => done()),
        () => {},
      );
    },
    destroy(error, done) {
      opening.abort();
      if (!inner || inner.closed) return done(error);
      inner.once('close', () => done(error));
      inner.destroy();
    },
  });

  const opened = open(opening.signal).then((stream) => {
    stream.on('error', fail);
    if (outer.destroyed) stream.destroy();
    else join(stream);
    return stream;
  });
  opened.catch(fail);

  function join(stream: Duplex): void {
    inner = stream;
    stream.on('data', (chunk) => outer.push(chunk) || stream.pause());
    stream.on('end', () => outer.push(null));
    stream.on('close', () => outer.destroy());
    // It may have ended between being open and this turn.
    if (stream.closed) outer.destroy();
  }

  return outer;
}
