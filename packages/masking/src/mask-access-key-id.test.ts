import { describe, expect, it } from 'vitest';
import { maskAccessKeyId } from './mask-access-key-id.js';

describe('maskAccessKeyId', () => {
  it.each([
    ['a long-term key', 'AKIAIOSFODNN7EXAMPLE', 'AKIA***MPLE'],
    ['a temporary key', 'ASIAIOSFODNN7EXAMPLE', 'ASIA***MPLE'],
    ['the shortest that AWS allows', 'AKIA123456789012', 'AKIA***9012'],
    ['one character less', 'AKIA12345678901', '***'],
    ['nothing', '', '***'],
  ])('masks %s', (_name, input, output) => {
    expect(maskAccessKeyId(input)).toBe(output);
  });

  it('hides what is no string', () => {
    expect(maskAccessKeyId(undefined as never)).toBe('***');
  });
});
