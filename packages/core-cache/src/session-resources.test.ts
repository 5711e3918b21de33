import { expect, test } from 'vitest';
import { caught } from './fixtures/caught.js';
import { createLimitedStore } from './limited-store.js';
import { createSessionResources } from './session-resources.js';
import { createUnlimitedStore } from './session-store.js';

const KEYS = [
  ['a text', 'key'],
  ['a symbol', Symbol('key')],
  ['a registered symbol', Symbol.for('key')],
  ['an object', {}],
  ['a function', () => {}],
] as const;

test.each(KEYS)('%s is a key, and its value is made once', (_name, key) => {
  const resources = createSessionResources(createUnlimitedStore());
  const value = resources.getOrCreate(key, () => ({}));
  expect(resources.getOrCreate(key, () => ({}))).toBe(value);
  resources.clear();
  expect(resources.getOrCreate(key, () => ({}))).not.toBe(value);
});

test('a text, a symbol and an object of one name are three keys', () => {
  const resources = createSessionResources(createUnlimitedStore());
  const values = ['key', Symbol('key'), Symbol.for('key'), { key: 1 }, { key: 1 }].map((key) =>
    resources.getOrCreate(key, () => ({})),
  );
  expect(new Set(values).size).toBe(5);
});

test.each([undefined, null, 0, false])('undefined counts as a value: %s', (made) => {
  const resources = createSessionResources(createUnlimitedStore());
  for (const key of ['key', {}]) {
    let calls = 0;
    const create = (): typeof made => {
      calls++;
      return made;
    };
    resources.getOrCreate(key, create);
    expect(resources.getOrCreate(key, create)).toBe(made);
    expect(calls).toBe(1);
  }
});

test.each(KEYS)('with %s nothing is kept of what throws, and the rest of a promise', async (_name, key) => {
  const resources = createSessionResources(createUnlimitedStore());
  const create = (): never => {
    throw new RangeError('mine');
  };
  expect(await caught(() => resources.getOrCreate(key, create))).toBeInstanceOf(RangeError);
  const rejected = resources.getOrCreate(key, () => Promise.reject(new Error('later')));
  await expect(rejected).rejects.toThrow('later');
  expect(resources.getOrCreate(key, () => Promise.resolve())).toBe(rejected);
});

test.each(KEYS)('with %s a maker that asks for its own key gives everyone the same', (_name, key) => {
  const resources = createSessionResources(createUnlimitedStore());
  let inner: unknown;
  const outer = resources.getOrCreate(key, () => {
    inner = resources.getOrCreate(key, () => ({}));
    return {};
  });
  expect(outer).toBe(inner);
  expect(resources.getOrCreate(key, () => ({}))).toBe(inner);
});

test('the limit holds for names, not for objects, which are held weakly', () => {
  const resources = createSessionResources(createLimitedStore({ maxSize: 1 }));
  const first = resources.getOrCreate('first', () => ({}));
  const ofObject = resources.getOrCreate(resources, () => ({}));
  resources.getOrCreate('second', () => ({}));
  expect(resources.getOrCreate('first', () => ({}))).not.toBe(first);
  expect(resources.getOrCreate(resources, () => ({}))).toBe(ofObject);
});
