import { describe, expect, it, vi } from 'vitest';
import type { ClientClass } from './client-config.js';
import { createClientKeyMemo } from './client-key-memo.js';

class Client {
  send(): void {}
}
class Other {
  send(): void {}
}

/** Asks for the key, resolving it when it is not known. */
function memoize(): (Client: ClientClass, config: object, resolve: () => string) => string {
  const memo = createClientKeyMemo();
  return (Client, config, resolve) => {
    const known = memo.get(Client, config);
    if (known !== undefined) return known;
    const key = resolve();
    memo.set(Client, config, key);
    return key;
  };
}

describe('createClientKeyMemo', () => {
  it('resolves a call once, whether its options are written anew or not', () => {
    const memo = memoize();
    const resolve = vi.fn(() => 'key');
    for (let time = 0; time < 3; time++) {
      expect(memo(Client, { region: 'eu-west-1', maxAttempts: 2, tls: true, endpoint: undefined }, resolve)).toBe(
        'key',
      );
    }
    expect(resolve).toHaveBeenCalledTimes(1);
    expect(memo(Client, {}, () => 'alone')).toBe('alone');
    expect(memo(Client, { a: undefined }, () => 'never asked')).toBe('alone');
    expect(memo(Other, {}, () => 'other')).toBe('other');
  });

  it.each([
    [{ a: '1' }, { a: 1 }],
    [{ a: 'true' }, { a: true }],
    [{ a: '1', b: '2' }, { a: '11.b:1.2' }],
    [{ a: '', b: '' }, { ab: '' }],
    [{ a: 1 }, { 'a=1;1.b': 1 }],
    [{ a: 1, b: 2 }, { a: 12 }],
  ])('tells %j from %j', (one, another) => {
    const memo = memoize();
    expect(memo(Client, one, () => 'one')).toBe('one');
    expect(memo(Client, another, () => 'another')).toBe('another');
  });

  it.each([
    ['a function', { credentials: async () => ({}) }],
    ['an object', { requestHandler: {} }],
    ['null', { logger: null }],
    ['options that are inherited', Object.create({ region: 'eu-west-1' })],
  ])('resolves each time with %s', (_name, config) => {
    const memo = memoize();
    const resolve = vi.fn(() => 'key');
    memo(Client, config, resolve);
    memo(Client, config, resolve);
    expect(resolve).toHaveBeenCalledTimes(2);
  });

  it('remembers a thousand calls at most', () => {
    const memo = memoize();
    const resolve = vi.fn(() => 'key');
    for (let call = 0; call <= 1_000; call++) memo(Client, { call }, resolve);
    expect(resolve).toHaveBeenCalledTimes(1_001);
    memo(Client, { call: 1_001 }, resolve);
    memo(Client, { call: 1_001 }, resolve);
    expect(resolve).toHaveBeenCalledTimes(1_002);
    memo(Client, { call: 0 }, resolve);
    expect(resolve).toHaveBeenCalledTimes(1_003);
  });

  it('keeps nothing of a call that could not be resolved', () => {
    const memo = memoize();
    const fail = (): string => {
      throw new Error('no');
    };
    expect(() => memo(Client, {}, fail)).toThrow('no');
    expect(memo(Client, {}, () => 'key')).toBe('key');
  });
});
