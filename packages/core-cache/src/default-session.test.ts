import { afterEach, expect, test } from 'vitest';
import { createSession } from './create-session.js';
import { getDefaultSession, runWithSession, setDefaultSession } from './default-session.js';
import type { Session } from './session.js';

const make = (): Session =>
  createSession({ credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x' }, region: 'eu-west-1' });

const context = (): { session: Session | undefined; scope: unknown } | undefined =>
  (globalThis as never)[Symbol.for('@bsm/context/1')];

afterEach(() => {
  Reflect.deleteProperty(globalThis, Symbol.for('@bsm/context/1'));
});

test('is made when it is first asked for, and kept', () => {
  expect(context()).toBeUndefined();
  const session = getDefaultSession();
  expect(getDefaultSession()).toBe(session);
  expect(session.clientDefaults).toEqual({});
  expect(context()).toMatchObject({ scope: undefined });
});

test('is the one that was set, until that is taken back', () => {
  const session = make();
  setDefaultSession(session);
  expect(getDefaultSession()).toBe(session);
  setDefaultSession(undefined);
  expect(getDefaultSession()).not.toBe(session);
  session.client(
    class {
      send(): void {}
    },
  );
});

test('is shared by two copies of the package in one process', () => {
  const session = make();
  (globalThis as never as Record<symbol, unknown>)[Symbol.for('@bsm/context/1')] = { session, scope: undefined };
  expect(getDefaultSession()).toBe(session);
  const inner = make();
  runWithSession(inner, () => {
    const scope = context()?.scope as { getStore(): Session };
    expect(scope.getStore()).toBe(inner);
  });
});

test('is another one inside runWithSession, also later in what was begun there, and nowhere else', async () => {
  const outer = make();
  const inner = make();
  setDefaultSession(outer);
  const result = runWithSession(inner, async () => {
    const seen = [getDefaultSession()];
    await Promise.resolve();
    seen.push(getDefaultSession());
    await new Promise((resolve) => setImmediate(resolve));
    return [...seen, getDefaultSession()];
  });
  expect(getDefaultSession()).toBe(outer);
  expect(await result).toEqual([inner, inner, inner]);
  expect((await result).every((session) => session === inner)).toBe(true);
  expect(getDefaultSession()).toBe(outer);
});

test('nests, and is restored when the inner scope throws', () => {
  const [first, second] = [make(), make()];
  runWithSession(first, () => {
    expect(() =>
      runWithSession(second, () => {
        expect(getDefaultSession()).toBe(second);
        throw new RangeError('mine');
      }),
    ).toThrow(RangeError);
    expect(getDefaultSession()).toBe(first);
  });
});

test('concurrent scopes do not mix', async () => {
  const sessions = Array.from({ length: 20 }, make);
  const seen = await Promise.all(
    sessions.map((session, index) =>
      runWithSession(session, async () => {
        for (let turn = 0; turn < index % 5; turn++) await new Promise((resolve) => setImmediate(resolve));
        return getDefaultSession();
      }),
    ),
  );
  expect(seen.every((session, index) => session === sessions[index])).toBe(true);
});

test('a default that is set inside a scope counts outside of it', () => {
  const [scoped, set] = [make(), make()];
  runWithSession(scoped, () => {
    setDefaultSession(set);
    expect(getDefaultSession()).toBe(scoped);
  });
  expect(getDefaultSession()).toBe(set);
});

test('runWithSession gives back what the function gives', () => {
  expect(runWithSession(make(), () => 7)).toBe(7);
});
