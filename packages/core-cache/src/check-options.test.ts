import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import {
  checkOptions,
  isBoolean,
  isDuration,
  isFunction,
  isInteger,
  isObject,
  isOneOf,
  isOptions,
  isText,
  type OptionCheck,
} from './check-options.js';
import { allTextOf } from './fixtures/all-text-of.js';
import { caught } from './fixtures/caught.js';

interface Options {
  readonly name?: string;
  readonly nested?: { readonly size?: number };
}

const check = (options: unknown): void =>
  checkOptions<Options>('doIt', options, {
    name: isText,
    nested: isOptions<{ readonly size?: number }>('doIt', { size: isInteger(1, 9) }),
  });

const secret = `s${randomUUID().replaceAll('-', '')}`;

class Named {
  get name(): unknown {
    return [secret];
  }
}

test.each<[name: string, options: unknown, option: string]>([
  ['an unknown option', { colour: secret }, 'colour'],
  ['an unknown option whose name could be a secret', { [`${secret}${secret}`]: 1 }, '(unprintable)'],
  ['a key id as a name', { AKIAIOSFODNN7EXAMPLE: 1 }, 'AKIA***MPLE'],
  ['an ill-typed option', { name: { secret } }, 'name'],
  ['an option that is null', { name: null }, 'name'],
  ['an unknown nested option', { nested: { colour: secret } }, 'nested.colour'],
  ['a nested option out of range', { nested: { size: 10 } }, 'nested.size'],
  ['a nested option that is no object', { nested: [secret] }, 'nested'],
  ['null', null, 'options'],
  ['an array', [secret], 'options'],
  ['a text', secret, 'options'],
  ['a function', () => secret, 'options'],
  ['an option without a prototype', Object.assign(Object.create(null), { name: [secret] }), 'name'],
  ['an option of a class', new Named(), 'name'],
  ['an inherited option', Object.create({ name: [secret] }), 'name'],
  [
    'a getter that throws',
    {
      get name() {
        throw new Error(secret);
      },
    },
    'name',
  ],
  [
    'a nested getter that throws',
    {
      nested: {
        get size() {
          throw new Error(secret);
        },
      },
    },
    'nested.size',
  ],
  [
    'a proxy that hides its names',
    new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error(secret);
        },
      },
    ),
    'options',
  ],
  ['a name that every object has', JSON.parse('{"__proto__": 1}'), '__proto__'],
  ['another', { toString: 1 }, 'toString'],
])('refuses %s', async (_name, options, option) => {
  const error = await caught(() => check(options));
  expect(error).toMatchObject({ code: 'ERR_BSM_OPTION_INVALID', retryable: false, details: { option } });
  expect((error as Error).message).toContain(`doIt: option "${option}" must be `);
  expect(allTextOf(error)).not.toContain(secret);
});

test.each([undefined, {}, { name: undefined }, { name: 'x', nested: { size: undefined } }, Object.create(null)])(
  'takes %j',
  (options) => {
    expect(() => check(options)).not.toThrow();
  },
);

test.each<[string, OptionCheck, accepted: unknown[], refused: unknown[]]>([
  ['isText', isText, ['x', ' '], ['', 1, null, ['x'], new String('x')]],
  ['isBoolean', isBoolean, [true, false], [0, 'true', null]],
  ['isFunction', isFunction, [() => 1, class {}], [{}, null]],
  ['isObject', isObject, [{}, Object.create(null), new (class {})()], [null, [], 'x', () => 1, new Map(), new Date()]],
  ['isInteger', isInteger(0, 9), [0, 9], [-1, 10, 0.5, Number.NaN, Infinity, '1', 1n]],
  ['isInteger without an end', isInteger(1, Infinity), [1, 2 ** 40], [0, Infinity]],
  ['isDuration', isDuration(), [0, 0.5, 1e9, 2 ** 31 - 1], [-1, Number.NaN, Infinity, 2 ** 31, '1']],
  ['isDuration with a beginning', isDuration(1), [1], [0]],
  ['isOneOf', isOneOf('a', 'b'), ['a', 'b'], ['c', 0, ['a'], null]],
])('%s', (_name, accepts, accepted, refused) => {
  for (const value of accepted) expect(accepts(value, 'x')).toBeUndefined();
  for (const value of refused) expect(accepts(value, 'x')).toMatch(/\w/);
});
