import { expect, test } from 'vitest';
import { stableKey } from './stable-key.js';

const fn = (): void => {};
const instance = new (class Handler {})();
const symbol = Symbol('s');

test.each<[name: string, a: unknown, b: unknown]>([
  ['order of properties', { a: 1, b: { c: 2, d: 3 } }, { b: { d: 3, c: 2 }, a: 1 }],
  ['undefined and absent', { a: undefined, b: { c: undefined } }, { b: {} }],
  ['minus zero', -0, 0],
  ['dates', new Date(5), new Date(5)],
  [
    'maps, whatever their order',
    new Map([
      [1, { a: 1, b: 2 }],
      [2, { a: 3, b: 4 }],
    ]),
    new Map([
      [2, { b: 4, a: 3 }],
      [1, { b: 2, a: 1 }],
    ]),
  ],
  ['sets, whatever their order', new Set(['x', 'y']), new Set(['y', 'x'])],
  ['no prototype', Object.assign(Object.create(null), { a: 1 }), { a: 1 }],
  ['the same function', { f: fn }, { f: fn }],
  ['the same instance', [instance], [instance]],
  ['the same symbol', symbol, symbol],
  ['registered symbols of one name', Symbol.for('x'), Symbol.for('x')],
  ['symbols as names', { [symbol]: 1, a: 2 }, { a: 2, [symbol]: 1 }],
])('equal: %s', (_name, a, b) => {
  expect(stableKey(a)).toBe(stableKey(b));
});

test('no two of these are equal', () => {
  const values = [
    undefined,
    null,
    0,
    1,
    '0',
    '',
    'null',
    'undefined',
    true,
    'true',
    false,
    1n,
    '1n',
    Number.NaN,
    Infinity,
    {},
    [],
    [undefined],
    [null],
    [[]],
    [0],
    ['0'],
    { a: 1 },
    { a: '1' },
    { a: null },
    { a: [1] },
    { b: 1 },
    { 'a":1,"b': 1 },
    { a: 1, b: 1 },
    new Date(0),
    new Date(Number.NaN),
    new Set(),
    new Map(),
    new Set([1]),
    new Map([[1, 1]]),
    new Set([[1, 1]]),
    new Uint16Array([0]),
    Buffer.from([0]),
    fn,
    () => {},
    instance,
    new (class Handler {})(),
    symbol,
    Symbol('s'),
    Symbol.for('s'),
    'Symbol.for("s")',
    '#1',
    '^1',
    { [symbol]: 1 },
    { [symbol]: 2 },
    { [Symbol('s')]: 1 },
    /x/,
    /x/,
    JSON.parse('{"__proto__": 1}'),
    ['a', 'b'],
    ['a,b'],
    ['a","b'],
  ];
  const keys = values.map(stableKey);
  const twice = keys.filter((key, index) => keys.indexOf(key) !== index);
  expect(twice).toEqual([]);
});

test('circles end, and tell where they lead', () => {
  const self: Record<string, unknown> = { a: 1 };
  self['self'] = self;
  const same: Record<string, unknown> = { a: 1 };
  same['self'] = same;
  const deeper: Record<string, unknown> = { a: 1, self: self };
  expect(stableKey(self)).toBe(stableKey(same));
  expect(stableKey(self)).not.toBe(stableKey(deeper));
  const shared = { x: 1 };
  expect(stableKey([shared, shared])).toBe(stableKey([{ x: 1 }, { x: 1 }]));
});

test('whatever is shuffled, the key stays', () => {
  let seed = 1;
  const random = (): number => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  const value = (depth: number): unknown => {
    const kind = Math.floor(random() * (depth > 0 ? 6 : 4));
    if (kind === 4) return Array.from({ length: 3 }, () => value(depth - 1));
    if (kind === 5) return Object.fromEntries(Array.from({ length: 4 }, (_, index) => [`k${index}`, value(depth - 1)]));
    return [random(), `t${random()}`, random() > 0.5, undefined][kind];
  };
  const shuffled = (item: unknown): unknown => {
    if (Array.isArray(item)) return item.map(shuffled);
    if (typeof item !== 'object' || item === null) return item;
    return Object.fromEntries(
      Object.entries(item)
        .map(([name, field]) => [name, shuffled(field)] as const)
        .sort(() => random() - 0.5),
    );
  };
  for (let round = 0; round < 200; round++) {
    const item = value(4);
    expect(stableKey(shuffled(item))).toBe(stableKey(item));
  }
});
