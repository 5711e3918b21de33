import { describe, expect, it } from 'vitest';
import { PYTHON_USER_IDS } from './fixtures/python-cases.js';
import { maskUserId } from './mask-user-id.js';

describe('maskUserId', () => {
  it.each(PYTHON_USER_IDS.filter((row) => row.status === 'match'))('equals Python on "$input"', ({ input, output }) => {
    expect(maskUserId(input)).toBe(output);
  });

  it.each(PYTHON_USER_IDS.filter((row) => row.status === 'mended'))(
    'hides "$input", which Python shows',
    ({ input }) => {
      expect(maskUserId(input)).toBe('***');
    },
  );

  it('hides what is exactly eight characters long, and what is no string', () => {
    expect(maskUserId('ABCDEFGH')).toBe('***');
    expect(maskUserId(null as never)).toBe('***');
  });
});
