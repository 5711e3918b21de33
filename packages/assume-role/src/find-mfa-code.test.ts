import { describe, expect, it } from 'vitest';
import { findMfaCode } from './find-mfa-code.js';
import { pythonCases } from './fixtures/python-cases.js';

/** Where this differs from boto3-refresh-session: AWS refuses other digits, and colours are no part of a code. */
const mended = new Map<string, string | undefined>([
  ['\u{ff11}\u{ff12}\u{ff13}\u{ff14}\u{ff15}\u{ff16}', undefined],
  ['\u001b[32m123456\u001b[0m', '123456'],
]);

describe('findMfaCode', () => {
  it.each(pythonCases().mfaStdoutParsing)('finds $expect in $stdout', ({ stdout, expect: expected }) => {
    expect(findMfaCode(stdout)).toBe(mended.has(stdout) ? mended.get(stdout) : (expected ?? undefined));
  });

  it.each<[string, string, string | undefined]>([
    ['a bold code in the middle of a line', 'code: \u001b[1;31m123456\u001b[22;39m.', '123456'],
    ['a code in brackets', '[123456]', '123456'],
    ['a code in brackets on a line of its own', 'code\n[123456]\n', '123456'],
    ['a title that has digits', '\u001b]0;token 999999\u0007123456', '123456'],
    ['a link', '\u001b]8;;https://example.com/111111\u001b\\654321\u001b]8;;\u001b\\', '654321'],
    ['digits that colours hold apart', '1234\u001b[0m56', '123456'],
    ['an Arabic code', '١٢٣٤٥٦', undefined],
    ['digits of two scripts', '12345６', undefined],
    ['a code after a Cyrillic letter', 'я123456', undefined],
    ['twelve digits', '123456123456', undefined],
    ['Windows line ends', '123456\r\n', '123456'],
  ])('knows %s', (_, output, code) => {
    expect(findMfaCode(output)).toBe(code);
  });

  it('reads long junk without backtracking', () => {
    expect(findMfaCode(`${'\u001b[1234567890;'.repeat(100_000)}${'12345'.repeat(100_000)} 123456`)).toBe('123456');
  });
});
