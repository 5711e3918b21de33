import { describe, expect, it } from 'vitest';
import { createRedactor } from './create-redactor.js';
import { pemLine } from './fixtures/templates.js';
import { redact } from './redact.js';

const SIZE = 1_048_576;

/** A text of one megabyte, without a line end unless the fragment has one. */
const megabyte = (fragment: string): string => fragment.repeat(Math.ceil(SIZE / fragment.length)).slice(0, SIZE);

/*
 * Each of these would take minutes or longer if a rule looked further than its window, searched a stretch again for every match,
 * or tried every way to split it. They end by the time limit of a test, which is far above what they need.
 */
describe('one megabyte takes time in proportion to its length', () => {
  it.each([
    'a',
    ' ',
    '\t',
    '\n',
    '"',
    '\\',
    '\\\\\\"',
    ':',
    '@',
    '-',
    '%25',
    '1',
    '<',
    '&',
    'AKIA',
    'eyJ',
    '_eyJ',
    'eyJ.eyJ ',
    '://',
    '://a:',
    '://u:p',
    'arn:',
    'arn:aws:',
    'arn:aws:iam::',
    'arn:aws:iam::123456789012:',
    '123456789012 ',
    'password',
    'password ',
    'password=',
    'password=a ',
    'password="',
    '"password":"',
    '"password", "',
    'password: string ',
    'password%2522%253A',
    '<password>',
    '<password a="',
    '<password>\n',
    'name: password\n',
    'name: password\nvalue: ',
    'Authorization: ',
    'AKIAIOSFODNN7EXAMPLE,',
    'AKIAIOSFODNN7EXAMPLE        ',
    pemLine('BEGIN'),
    'signature=aaaaaaaaaaaaaaaaaaa ',
    'FwoGZXIvYXdz',
    'FwoGZXIvYXdz ',
    'token',
    'deadbeef0123',
  ])('%j', (fragment) => {
    const text = megabyte(fragment);
    expect(redact(text).length).toBeLessThanOrEqual(text.length * 2);
  });

  it.each([
    ['a value of commas', `password=${megabyte(',')}`],
    ['a value of separators', `password=${megabyte('x,')}`],
    ['a value of parameters', `password=${megabyte('&a')}`],
    ['a value of backslashes', `"password":"${megabyte('\\')}`],
    ['a value of escaped quotes', `"password":"${megabyte('\\"')}`],
    ['a name and spaces', `password${megabyte(' ')}`],
    ['a tag that never ends', `<password ${megabyte('a')}`],
    ['an element of many lines', `<password>\n${megabyte('a\n')}`],
    ['a scheme and a long user', `://${megabyte('a')}`],
  ])('%s', (_name, text) => {
    expect(redact(text).length).toBeLessThanOrEqual(text.length);
  });

  it('known values that nearly match everywhere', () => {
    const redactor = createRedactor({ values: [`${'a'.repeat(4_000)}b`, 'ab'.repeat(2_000)] });
    expect(redactor(megabyte('a'))).toBe(megabyte('a'));
  });

  it('known values that match everywhere', () => {
    expect(createRedactor({ values: ['abcd', 'a'.repeat(4)] })(megabyte('abcd\n'))).toBe(
      megabyte('abcd\n')
        .replaceAll(/abcd?|ab?c?/g, '***')
        .replace(/\*\*\*$/, 'a'),
    );
  });

  it('many known values', () => {
    const values = Array.from({ length: 2_000 }, (_, index) => `value-${index}-x`);
    expect(createRedactor({ values })(megabyte('value-'))).toBe(megabyte('value-'));
  });
});
