import { Duplex, PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { createLateStream } from './mqtt-late-stream.js';

const explain = (error: unknown): Error => new Error(`explained: ${(error as Error).message}`);

const over = (stream: Duplex): Promise<string> =>
  new Promise((resolve) => {
    let reason = 'closed';
    stream.on('error', (error) => {
      reason = error.message;
    });
    stream.on('close', () => resolve(reason));
  });

it('passes on what was written before the connection was there, in order', async () => {
  const inner = new PassThrough();
  let open: (stream: Duplex) => void = () => {};
  const stream = createLateStream(() => new Promise((resolve) => (open = resolve)), explain);
  stream.write('a');
  stream.write('b');
  open(inner);
  stream.write('c');
  const got: string[] = [];
  stream.on('data', (chunk) => got.push(String(chunk)));
  stream.end();
  expect(await over(stream)).toBe('closed');
  expect(got.join('')).toBe('abc');
  expect(inner.closed).toBe(true);
});

it('slows down whom nobody reads', async () => {
  let asked = 0;
  const inner = new Duplex({
    read() {
      asked++;
      this.push(Buffer.alloc(16_384));
    },
    write: (_chunk, _encoding, done) => done(),
  });
  const stream = createLateStream(async () => inner, explain);
  for (let i = 0; i < 50; i++) await new Promise((resolve) => setImmediate(resolve));
  expect(asked).toBeLessThan(20);
  stream.destroy();
  await over(stream);
});

it.each<[string, (inner: Duplex) => Promise<Duplex>, (inner: Duplex) => void, string]>([
  ['what kept it from opening', () => Promise.reject(new Error('no')), () => {}, 'explained: no'],
  ['what broke it', async (inner) => inner, (inner) => inner.destroy(new Error('broken')), 'explained: broken'],
  ['that it ended', async (inner) => inner, (inner) => inner.destroy(), 'closed'],
])('says %s', async (_, open, breakIt, reason) => {
  const inner = new PassThrough();
  const stream = createLateStream(() => open(inner), explain);
  const end = over(stream);
  await new Promise((resolve) => setImmediate(resolve));
  breakIt(inner);
  expect(await end).toBe(reason);
});

it('stops the opening when it is destroyed, and what is opened nevertheless', async () => {
  const inner = new PassThrough();
  let open: (stream: Duplex) => void = () => {};
  let signal: AbortSignal | undefined;
  const stream = createLateStream((given) => {
    signal = given;
    return new Promise((resolve) => (open = resolve));
  }, explain);
  stream.write('a');
  stream.destroy();
  expect(await over(stream)).toBe('closed');
  expect(signal?.aborted).toBe(true);
  open(inner);
  expect(await over(inner)).toBe('closed');
});

it('is closed only when the connection is', async () => {
  let finish = (): void => {};
  const inner = new Duplex({
    read() {},
    destroy(error, done) {
      finish = () => done(error);
    },
  });
  const stream = createLateStream(async () => inner, explain);
  await new Promise((resolve) => setImmediate(resolve));
  const end = over(stream);
  stream.destroy();
  await new Promise((resolve) => setImmediate(resolve));
  expect(stream.closed).toBe(false);
  finish();
  expect(await end).toBe('closed');
});
