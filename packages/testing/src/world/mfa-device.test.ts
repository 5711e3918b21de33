import { describe, expect, it, test } from 'vitest';
import { createMfaDevice, totp } from './mfa-device.js';

// RFC 6238, appendix B, SHA-1, last six of the eight digits.
it.each([
  [59, '287082'],
  [1111111109, '081804'],
  [1111111111, '050471'],
  [1234567890, '005924'],
  [2000000000, '279037'],
  [20000000000, '353130'],
])('the code at second %i', (second, code) => {
  expect(totp(Buffer.from('12345678901234567890'), Math.floor(second / 30))).toBe(code);
});

describe('a device', () => {
  let now = 1_800_000_000_000;
  const device = createMfaDevice('GAHT12345678', () => now);

  test('accepts the code of this step once', () => {
    const code = device.code();
    expect(device.consume('12345')).toBe(false);
    expect(device.consume(code)).toBe(true);
    expect(device.consume(code)).toBe(false);
  });

  test('accepts the code of the step before, but none older than the last one used', () => {
    now += 300_000;
    const earlier = device.code();
    now += 30_000;
    expect(device.consume(earlier)).toBe(true);
    const current = device.code();
    expect(device.consume(current)).toBe(true);
    expect(device.consume(earlier)).toBe(false);
  });

  test('refuses a code of a minute ago', () => {
    now += 300_000;
    const old = device.code();
    now += 60_000;
    expect(device.consume(old)).toBe(false);
  });
});
