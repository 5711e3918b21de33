import { describe, expect, test } from 'vitest';
import { createSession } from './create-session.js';
import type { SessionEvent } from './events.js';
import type { Session, SessionOptions } from './session.js';

class Client {
  constructor(readonly config: object) {}
  send(): void {}
}

function make(options: SessionOptions = {}): { session: Session; events: SessionEvent[] } {
  const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x' };
  const session = createSession({ credentials, region: 'eu-west-1', ...options });
  const events: SessionEvent[] = [];
  session.subscribe((event) => events.push(event));
  return { session, events };
}

/** A new handler in each call, as in a program that leaks. */
function leak(session: Session, count: number, Class: typeof Client = Client): void {
  for (let index = 0; index < count; index++)
    session.client(Class, { requestHandler: new (class Handler {})() } as object);
}

describe('cache.growth', () => {
  test('comes once, at 100 clients of one class', () => {
    const { session, events } = make({ clock: { now: () => 5_000 } });
    leak(session, 99);
    for (let index = 0; index < 10; index++) session.client(Client);
    expect(events).toEqual([{ type: 'cache.growth', at: new Date(5_000), clientName: 'Client', size: 100 }]);
    leak(session, 200);
    session.clearCache();
    leak(session, 200);
    expect(events).toHaveLength(1);
  });

  test('counts each class and each session by itself', () => {
    class Other extends Client {}
    const { session, events } = make();
    leak(session, 60);
    leak(session, 60, Other);
    leak(session.derive({ credentials: async () => ({ accessKeyId: 'x', secretAccessKey: 'x' }) }), 60);
    expect(events).toEqual([]);
    leak(session, 40, Other);
    expect(events).toMatchObject([{ clientName: 'Other', size: 100 }]);
  });

  test('is heard in every region, where the clients were made', () => {
    const { session, events } = make();
    leak(session.withRegion('us-east-1'), 100);
    expect(events).toHaveLength(1);
  });

  test.each([0, 99])('never comes where the cache keeps no more than %d', (maxSize) => {
    const { session, events } = make({ clientCache: { maxSize } });
    leak(session, 300);
    expect(events).toEqual([]);
    expect(session.cache.clients.size).toBe(maxSize);
  });

  test('does not count clients that are gone', () => {
    const { session, events } = make();
    leak(session, 99);
    session.clearCache();
    leak(session, 99);
    expect(events).toEqual([]);
  });
});
