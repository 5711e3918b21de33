import { describe, expect, it } from 'vitest';
import { PYTHON_ACCOUNT_IDS } from './fixtures/python-cases.js';
import { createRandom, DIGITS } from './fixtures/random.js';
import { maskAccountId } from './mask-account-id.js';

describe('maskAccountId', () => {
  it.each(PYTHON_ACCOUNT_IDS.filter((row) => row.status === 'match'))(
    'equals Python on "$input"',
    ({ input, output }) => {
      expect(maskAccountId(input)).toBe(output);
    },
  );

  it.each(PYTHON_ACCOUNT_IDS.filter((row) => row.status === 'mended'))(
    'hides "$input", which Python shows',
    ({ input }) => {
      expect(maskAccountId(input)).toBe('********');
    },
  );

  it('never shows more than four characters', () => {
    const random = createRandom(1);
    for (let round = 0; round < 500; round += 1) {
      const account = random.text(DIGITS, random.integer(20));
      expect(maskAccountId(account)).toMatch(/^(?:\d\d\*{8}\d\d|\*{8})$/);
    }
  });

  it('hides what is no string', () => {
    expect(maskAccountId(123456789012 as never)).toBe('********');
    expect(maskAccountId(undefined as never)).toBe('********');
  });
});
