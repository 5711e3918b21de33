import { channel, subscribe, unsubscribe } from 'node:diagnostics_channel';
import { afterEach, expect, test } from 'vitest';
import { createEventEmitter, type SessionEvent, type SessionListener } from './events.js';
import { createCountingSource } from './fixtures/sources.js';
import { createSession } from './index.js';

const event: SessionEvent = { type: 'refresh.backoff', at: new Date(0), delayMs: 1 };
const onMessage = (message: unknown): void => {
  published.push(message);
};
let published: unknown[] = [];

afterEach(() => {
  published = [];
  unsubscribe('bsm:session', onMessage);
});

test('every listener hears every event, in the order in which they came', () => {
  const emitter = createEventEmitter();
  const heard: string[] = [];
  emitter.subscribe(() => heard.push('first'));
  emitter.subscribe(() => heard.push('second'));
  emitter.emit(event);
  expect(heard).toEqual(['first', 'second']);
});

test('a listener that throws, or rejects, harms nobody', async () => {
  const emitter = createEventEmitter();
  const heard: SessionEvent[] = [];
  emitter.subscribe(() => {
    throw new Error('mine');
  });
  const rejects: SessionListener = (() => Promise.reject(new Error('later'))) as () => void;
  emitter.subscribe(rejects);
  emitter.subscribe((received) => heard.push(received));
  emitter.emit(event);
  await new Promise((resolve) => setImmediate(resolve));
  expect(heard).toEqual([event]);
});

test('one function may listen twice, and each subscription ends by itself', () => {
  const emitter = createEventEmitter();
  let calls = 0;
  const listener = (): void => {
    calls++;
  };
  const first = emitter.subscribe(listener);
  emitter.subscribe(listener);
  emitter.emit(event);
  first();
  first();
  emitter.emit(event);
  expect(calls).toBe(3);
});

test('a listener may take itself or another back, or add one, while it is called', () => {
  const emitter = createEventEmitter();
  const heard: string[] = [];
  const stop = emitter.subscribe(() => {
    heard.push('once');
    stop();
    emitter.subscribe(() => heard.push('new'));
  });
  emitter.subscribe(() => heard.push('always'));
  emitter.emit(event);
  emitter.emit(event);
  expect(heard).toEqual(['once', 'always', 'always', 'new']);
});

test('events are published to bsm:session for who watches the process', async () => {
  const session = createSession({ credentials: createCountingSource(), region: 'eu-west-1' });
  await session.credentials();
  expect(channel('bsm:session').hasSubscribers).toBe(false);
  subscribe('bsm:session', onMessage);
  await session.credentials.refresh();
  expect(published).toMatchObject([{ type: 'refresh.start' }, { type: 'refresh.success', accessKeyId: 'ASIA***MPLE' }]);
});
