import { describe, expect, it, test } from 'vitest';
import { catchError } from '../fixtures/catch-error.js';
import { pkcs11Error } from './pkcs11-error.js';
import type { Pkcs11Options } from './pkcs11-options.js';
import { tokenPin } from './token-pin.js';

const withPin = (pin: unknown) => tokenPin({ module: 'm', keyLabel: 'k', tokenLabel: 't', pin } as Pkcs11Options);
const refuse = () => {
  throw pkcs11Error('pin-incorrect', 'refused');
};

test('gives the PIN, or asks for it each time', async () => {
  expect(await withPin('1234')((pin) => pin)).toBe('1234');
  let asked = 0;
  const usePin = withPin(async () => String(++asked));
  expect([await usePin((pin) => pin), await usePin((pin) => pin)]).toEqual(['1', '2']);
});

describe('a PIN that was refused', () => {
  it('is not used again, nor shown', async () => {
    const usePin = withPin('9876');
    await catchError(usePin(refuse));
    let used = 0;
    const { error, text } = await catchError(usePin(() => ++used));
    expect([used, error.details]).toEqual([0, { reason: 'pin-incorrect' }]);
    expect(text).not.toContain('9876');
  });

  it('gives way to another one', async () => {
    const pins = ['1111', '2222'];
    const usePin = withPin(() => pins.shift());
    await catchError(usePin(refuse));
    expect(await usePin((pin) => pin)).toBe('2222');
  });

  it('is not used again either after others were', async () => {
    const pins = ['1111', '2222', '1111', '2222', '3333'];
    const usePin = withPin(() => pins.shift());
    const used: string[] = [];
    const tryOne = () =>
      catchError(
        usePin((pin) => {
          used.push(pin);
          throw pkcs11Error('pin-incorrect', `refused as number ${used.length}`);
        }),
      );
    const messages: string[] = [];
    for (const _ of [1, 2, 3, 4, 5]) messages.push((await tryOne()).error.message.replace(/.* number /, ''));
    expect(used).toEqual(['1111', '2222', '3333']);
    expect(messages).toEqual(['1.', '2.', '1.', '2.', '3.']);
  });

  it('is used once by those who want the token at the same time', async () => {
    const usePin = withPin('9876');
    let used = 0;
    const tryOne = () =>
      catchError(
        usePin(async () => {
          used++;
          await Promise.resolve();
          return refuse();
        }),
      );
    const found = await Promise.all([tryOne(), tryOne(), tryOne()]);
    expect([used, ...found.map(({ error }) => error.details?.['reason'])]).toEqual([
      1,
      'pin-incorrect',
      'pin-incorrect',
      'pin-incorrect',
    ]);
  });

  it('is another matter than a token that is not there', async () => {
    const usePin = withPin('1234');
    await catchError(
      usePin(() => {
        throw pkcs11Error('key-missing', 'not there');
      }),
    );
    expect(await usePin((pin) => pin)).toBe('1234');
  });
});

it.each<[string, () => unknown, RegExp]>([
  [
    'fails',
    () => {
      throw new Error('the PIN is 4321');
    },
    /function in pkcs11\.pin failed/,
  ],
  ['gives nothing', () => undefined, /gave no text/],
  ['gives a number', () => 1234, /gave no text/],
])('a function that %s is an error', async (_, pin, message) => {
  const { error, text } = await catchError(withPin(pin)((value) => value));
  expect(error).toMatchObject({ code: 'ERR_BSM_REFRESH_FAILED', retryable: true });
  expect(error.message).toMatch(message);
  expect(text).not.toContain('1234');
});
