import { expect, test } from 'vitest';
import { type Cache, type CacheOptions, createCache, viewCache } from './cache.js';
import { caught } from './fixtures/caught.js';
import recorded from './fixtures/recorded-cases.json' with { type: 'json' };

type Policy = NonNullable<CacheOptions<string, string>['policy']>;

type Case = (typeof recorded.eviction)[number];

/** Rules of Python's cache that ours does not have, and the recorded cases, by index, that show them and nothing to compare. */
const EXCLUDED = {
  'the size changes while the cache is in use': {
    cases: [1, 6, 7, 11, 12, 14, 15, 23],
    is: (size: number) => size >= 0,
  },
  'a negative size means none': { cases: [3, 16], is: (size: number) => size < 0 },
} as const;

/** Python refuses to set a key that exists, and changes nothing; ours replaces the value. Such a step is left out. */
const REFUSED_BY_PYTHON = 'ClientCacheExistsError';

const excluded: readonly number[] = Object.values(EXCLUDED).flatMap(({ cases }) => [...cases]);
const comparable = recorded.eviction
  .map((row, index) => ({ index, ...row }))
  .filter(({ index }) => !excluded.includes(index));

/** Sizes other than its own that a case sets. */
const otherSizes = ({ ops, max_size }: Case): number[] =>
  ops.flatMap(([name, size]) => (name === 'max' && size !== max_size ? [Number(size)] : []));

test.each(Object.entries(EXCLUDED))('cases are left out since %s', (_rule, { cases, is }) => {
  expect(cases.filter((index) => !otherSizes(recorded.eviction[index] as Case).some(is))).toEqual([]);
});

test('all other recorded cases are compared', () => {
  expect(recorded.eviction).toHaveLength(27);
  expect(comparable.filter(({ policy }) => policy === 'LRU')).toHaveLength(8);
  expect(comparable.filter(({ policy }) => policy === 'LFU')).toHaveLength(9);
  expect(comparable.flatMap(otherSizes)).toEqual([]);
});

test.each(comparable)('recorded case $index ($policy, $max_size)', (row) => {
  expect(evictionOrder(() => replay(row, row.ops.length))).toEqual(row.order_first_to_evict);
});

/** Makes the cache after the first steps of a case, comparing each outcome. */
function replay(row: Case, steps: number): Cache<string, string> {
  const cache = createCache<string, string>({ policy: row.policy.toLowerCase() as Policy, maxSize: row.max_size });
  for (const [index, [name, argument]] of row.ops.slice(0, steps).entries()) {
    if (row.outcomes[index] === REFUSED_BY_PYTHON) continue;
    // Python's popitem takes out the entry that would go next.
    const key = name === 'popitem' ? (evictionOrder(() => replay(row, index))[0] ?? '') : String(argument);
    const outcome = operate(cache, String(name), key);
    expect({ index, outcome }).toEqual({ index, outcome: row.outcomes[index] });
  }
  return cache;
}

function operate(cache: Cache<string, string>, name: string, key: string): string {
  if (name === 'set') cache.set(key, key);
  if (name === 'get') cache.get(key);
  if (name === 'in') cache.has(key);
  if (name === 'del' || name === 'pop' || name === 'popitem')
    return cache.delete(key) ? 'ok' : 'ClientCacheNotFoundError';
  return 'ok';
}

/** Keys in the order in which they would go: the cache is filled with entries that are used more than any of them. */
function evictionOrder(make: () => Cache<string, string>): string[] {
  const cache = make();
  const order: string[] = [];
  let left = ['a', 'b', 'c', 'd', 'e', 'f'].filter((key) => cache.has(key));
  for (let filler = 0; left.length > 0; filler++) {
    cache.set(`filler${filler}`, '');
    for (let use = 0; use < 10; use++) cache.get(`filler${filler}`);
    order.push(...left.filter((key) => !cache.has(key)));
    left = left.filter((key) => cache.has(key));
  }
  return order;
}

test('lru: the entry that was not used for longest goes', () => {
  const evicted: string[] = [];
  const cache = createCache<string, number>({ maxSize: 3, onEvict: (key, value) => evicted.push(`${key}${value}`) });
  for (const [index, key] of ['a', 'b', 'c'].entries()) cache.set(key, index);
  cache.get('a');
  cache.set('b', 9);
  cache.peek('c');
  cache.has('c');
  cache.set('d', 3);
  cache.set('e', 4);
  cache.set('f', 5);
  expect(evicted).toEqual(['c2', 'a0', 'b9']);
  expect(cache.stats()).toEqual({ hits: 1, misses: 0, evictions: 3 });
});

test('lfu: the entry that was used least goes, among equals the one not used for longest', () => {
  const evicted: string[] = [];
  const cache = createCache<string, number>({ policy: 'lfu', maxSize: 3, onEvict: (key) => evicted.push(key) });
  for (const key of ['a', 'b', 'c']) cache.set(key, 0);
  for (const key of ['a', 'a', 'b']) cache.get(key);
  cache.set('d', 0);
  cache.set('e', 0);
  cache.get('e');
  cache.get('e');
  cache.set('f', 0);
  expect(evicted).toEqual(['c', 'd', 'b']);
});

test('lfu: an old favourite does not stay for ever', () => {
  const cache = createCache<string, number>({ policy: 'lfu', maxSize: 2 });
  cache.set('favourite', 0);
  for (let use = 0; use < 1_000; use++) cache.get('favourite');
  cache.set('other', 0);
  for (let use = 0; use < 200; use++) cache.get('other');
  cache.set('new', 0);
  expect(cache.has('favourite')).toBe(false);
  expect(cache.has('other')).toBe(true);
});

test('lfu: favourites that nobody asks for any more give way to new ones that were never hit', () => {
  const cache = createCache<string, number>({ policy: 'lfu', maxSize: 10 });
  const ask = (name: string, count: number): void => {
    for (let key = 0; key < count; key++) cache.getOrCreate(`${name}${key}`, () => 0);
  };
  for (let round = 0; round < 100; round++) ask('old', 10);
  for (let round = 0; round < 500; round++) ask('new', 5);
  const { hits } = cache.stats();
  for (let round = 0; round < 10; round++) ask('new', 5);
  expect(cache.stats().hits - hits).toBe(50);
});

// The numbers are those of the table in the README.
test.each([
  [{}, 100],
  [{ policy: 'lru', maxSize: 34 }, 100],
  [{ policy: 'lru', maxSize: 10 }, 0],
  [{ policy: 'lfu', maxSize: 34 }, 100],
  [{ policy: 'lfu', maxSize: 10 }, 0],
  [{ maxSize: 0 }, 0],
] as const)('with %j a scan of 34 keys has a hit rate of %d %% after its first round', (options, rate) => {
  const cache = createCache<number, number>(options);
  for (let round = 0; round < 5; round++) {
    for (let key = 0; key < 34; key++) cache.getOrCreate(key, () => key);
  }
  expect(cache.stats().hits).toBe((rate / 100) * 4 * 34);
});

test('lru: a size of one keeps the last, none keeps nothing, Infinity keeps all', () => {
  const one = createCache<string, number>({ maxSize: 1 });
  one.set('a', 1);
  one.set('b', 2);
  expect([one.get('a'), one.get('b'), one.size]).toEqual([undefined, 2, 1]);
  const none = createCache<string, number>({ maxSize: 0, onEvict: () => expect.unreachable() });
  none.set('a', 1);
  expect([none.get('a'), none.size, none.getOrCreate('a', () => 7), none.getOrCreate('a', () => 8)]).toEqual([
    undefined,
    0,
    7,
    8,
  ]);
  const all = createCache<number, number>({ maxSize: Infinity });
  for (let key = 0; key < 1_000; key++) all.set(key, key);
  expect(all.size).toBe(1_000);
});

test('false and 0, undefined and null are keys and values of their own', () => {
  const cache = createCache<unknown, unknown>();
  const keys = [false, 0, '', undefined, null, Number.NaN, 'false'];
  for (const key of keys) cache.set(key, undefined);
  expect(cache.size).toBe(keys.length);
  expect(cache.has(Number.NaN)).toBe(true);
  expect(cache.getOrCreate(undefined, () => expect.unreachable())).toBeUndefined();
});

test('getOrCreate makes a value once, keeps nothing of what throws, and yields to what the maker itself put there', async () => {
  const cache = createCache<string, number>();
  expect(
    await caught(() =>
      cache.getOrCreate('a', () => {
        throw new RangeError('no');
      }),
    ),
  ).toBeInstanceOf(RangeError);
  expect(cache.getOrCreate('a', () => 1)).toBe(1);
  expect(cache.getOrCreate('a', () => 2)).toBe(1);
  expect(
    cache.getOrCreate('b', () => {
      cache.set('b', 3);
      return 4;
    }),
  ).toBe(3);
  expect(cache.stats()).toEqual({ hits: 1, misses: 3, evictions: 0 });
});

test('delete and clear evict nothing', () => {
  const cache = createCache<string, number>({ maxSize: 2, onEvict: () => expect.unreachable() });
  cache.set('a', 1);
  expect([cache.delete('a'), cache.delete('a')]).toEqual([true, false]);
  cache.set('b', 1);
  cache.clear();
  expect(cache.size).toBe(0);
});

test('the new entry is in place when onEvict is called, also when that throws or uses the cache', async () => {
  const cache: Cache<string, number> = createCache<string, number>({
    maxSize: 1,
    onEvict(key) {
      if (key === 'a') cache.set('a', cache.peek('b') ?? -1);
      if (key === 'c') throw new RangeError('mine');
    },
  });
  cache.set('a', 0);
  cache.set('b', 7);
  expect([cache.size, cache.peek('a')]).toEqual([1, 7]);
  cache.clear();
  cache.set('c', 1);
  expect(await caught(() => cache.set('d', 2))).toBeInstanceOf(RangeError);
  expect([cache.size, cache.peek('d')]).toEqual([1, 2]);
});

test('a view shows and changes nothing', () => {
  const cache = createCache<string, number>({ maxSize: 1 });
  const view = viewCache(cache);
  cache.set('a', 1);
  cache.get('a');
  cache.get('b');
  cache.set('b', 2);
  expect(view).toMatchObject({ size: 1, hits: 1, misses: 1, evictions: 1 });
  expect([view.peek('a'), view.peek('b')]).toEqual([undefined, 2]);
  expect(view).toMatchObject({ hits: 1, misses: 1 });
});
