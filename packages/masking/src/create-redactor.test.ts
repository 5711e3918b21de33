import { describe, expect, it } from 'vitest';
import { createRedactor } from './create-redactor.js';
import { createRandom } from './fixtures/random.js';
import { redact } from './redact.js';

describe('createRedactor', () => {
  it('does what redact does when it has no options', () => {
    const text = 'AWS_SECRET_ACCESS_KEY=abc arn:aws:iam::123456789012:root 123456789012';
    expect(createRedactor()(text)).toBe(redact(text));
    expect(createRedactor({ values: undefined, accountIds: undefined })(text)).toBe(redact(text));
  });

  it('keeps nothing from one text to the next', () => {
    const redactor = createRedactor({ accountIds: 'known' });
    expect(redactor('arn:aws:iam::123456789012:root 123456789012')).not.toContain('123456789012');
    expect(redactor('123456789012')).toBe('123456789012');
  });

  describe('values', () => {
    it.each([
      ['a value', ['hunter2'], 'a hunter2 b', 'a *** b'],
      ['a value inside of a word', ['hunter2'], 'xhunter2y', 'x***y'],
      ['values that overlap', ['abcd', 'cdef'], 'xabcdefy', 'x***y'],
      ['a value inside of another', ['abcdefgh', 'cdef'], 'abcdefgh cdef', '*** ***'],
      ['a value that the text only begins', ['abcdefgh', 'cdef'], 'abcdefg', 'ab***g'],
      ['values side by side', ['abcd'], 'abcdabcd', '***'],
      ['a value that overlaps itself', ['abab'], 'xabababy', 'x***y'],
      ['characters of expressions', ['a.c*(+['], 'abcc a.c*(+[', 'abcc ***'],
      ['replacement patterns', ["$&$1$'"], "x $&$1$' y", 'x *** y'],
      ['a value over lines', ['one\ntwo'], 'x one\ntwo y', 'x *** y'],
      ['a value with a line feed at its end', ['hunter2\n'], 'hunter2 x', '*** x'],
      ['JSON', ['a"b\\c\nd'], JSON.stringify({ x: 'a"b\\c\nd' }), '{"x":"***"}'],
      ['a URL', ['a b/c+d'], '?x=a%20b%2Fc%2Bd&y=a%20b%2fc%2bd', '?x=***&y=***'],
      ['a form', ['a b/c+d'], 'x=a+b%2Fc%2Bd', 'x=***'],
      ['XML', ['a<b>&"c'], '<x>a&lt;b&gt;&amp;&quot;c</x>', '<x>***</x>'],
      ['a lone surrogate', ['abc\ud800d'], 'x abc\ud800d', 'x ***'],
      ['a key id', ['AKIAIOSFODNN7EXAMPLE'], 'AKIAIOSFODNN7EXAMPLE', 'AKIA***MPLE'],
      ['a key id inside of a word', ['AKIAIOSFODNN7EXAMPLE'], 'xAKIAIOSFODNN7EXAMPLE', 'x***'],
      ['what a mask would show', ['EXAMPLE'], 'AKIAIOSFODNN7EXAMPLE', '***'],
      ['an account id', ['123456789012'], 'id 123456789012 x123456789012', 'id 12********12 x12********12'],
      ['an account id in a longer number', ['123456789012'], '0123456789012', '0123456789012'],
      ['the account of an ARN', ['arn:aws:iam::123456789012:role/a'], 'id 123456789012', 'id 12********12'],
      ['a value that is the name of a secret', ['password'], 'password=x', '***=***'],
    ])('hides %s', (_name, values, text, clean) => {
      expect(createRedactor({ values })(text)).toBe(clean);
    });

    it('ignores values that are too short, blank or made of asterisks', () => {
      const redactor = createRedactor({ values: ['', 'a', 'abc', '    ', '****'] });
      expect(redactor('a abc      ****')).toBe('a abc      ****');
    });

    it('reads the list once, when it is made', () => {
      const values = new Set(['first value']);
      const redactor = createRedactor({ values: values.values() });
      values.add('second value');
      expect(redactor('first value, second value')).toBe('***, second value');
      expect(redactor('first value')).toBe('***');
    });

    it('leaves no value in any text', () => {
      const random = createRandom(11);
      for (let round = 0; round < 300; round += 1) {
        const values = Array.from({ length: 1 + random.integer(6) }, () => random.text('abc+', 4 + random.integer(5)));
        const text = Array.from({ length: 40 }, () =>
          random.integer(3) === 0 ? random.pick(values) : random.text('abc+ ', 3),
        ).join('');
        const clean = createRedactor({ values })(text);
        for (const value of values) expect(clean).not.toContain(value);
        // What no value covers stays: the same as marking every occurrence by brute force.
        expect(clean).toBe(hideByBruteForce(text, values));
      }
    });
  });

  describe('accountIds', () => {
    const text =
      '123456789012 arn:aws:iam::123456789012:role/x 123456789012 111122223333 a-123456789012-b 1795253400123 0.123456789012';

    it.each([
      [
        'arn',
        '123456789012 arn:aws:iam::12********12:role/x 123456789012 111122223333 a-123456789012-b 1795253400123 0.123456789012',
      ],
      [
        'known',
        '123456789012 arn:aws:iam::12********12:role/x 12********12 111122223333 a-12********12-b 1795253400123 0.12********12',
      ],
      [
        'all',
        '12********12 arn:aws:iam::12********12:role/x 12********12 11********33 a-12********12-b 1795253400123 0.12********12',
      ],
    ] as const)('%s', (accountIds, clean) => {
      expect(createRedactor({ accountIds })(text)).toBe(clean);
    });

    it.each([
      'deadbeef111122223333deadbeef',
      '550e8400-e29b-41d4-a716-446655440000',
      '3.141592653589',
      '141592653589.5',
      'x111122223333',
    ])('all leaves %s alone', (untouched) => {
      expect(createRedactor({ accountIds: 'all' })(untouched)).toBe(untouched);
    });

    it.each([
      ['111122223333.dkr.ecr.eu-west-1.amazonaws.com', '11********33.dkr.ecr.eu-west-1.amazonaws.com'],
      ['"Account":"111122223333"', '"Account":"11********33"'],
      ['id%3D111122223333%26', 'id%3D11********33%26'],
      ['id_111122223333_x', 'id_11********33_x'],
    ])('all masks %s', (given, clean) => {
      expect(createRedactor({ accountIds: 'all' })(given)).toBe(clean);
    });
  });

  describe('refuses', () => {
    it.each([
      ['options', null],
      ['options', 'secret-value'],
      ['value', { value: ['secret-value'] }],
      ['values', { values: 'secret-value' }],
      ['values', { values: 12 }],
      ['values', { values: null }],
      ['values', { values: ['secret-value', 1] }],
      ['accountIds', { accountIds: 'secret-value' }],
      ['accountIds', { accountIds: null }],
    ])('a bad %s', (option, options) => {
      const failure = catchError(() => createRedactor(options as never));
      expect(failure).toBeInstanceOf(TypeError);
      expect(failure).toMatchObject({
        name: 'BsmError',
        code: 'ERR_BSM_OPTION_INVALID',
        retryable: false,
        details: { option },
        [Symbol.for('@bsm/error')]: true,
      });
      expect(String(failure)).toContain(`"${option}"`);
      expect(JSON.stringify(failure) + String(failure)).not.toContain('secret-value');
    });
  });
});

function catchError(fn: () => unknown): unknown {
  try {
    fn();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

function hideByBruteForce(text: string, values: readonly string[]): string {
  const hidden = new Set<number>();
  for (const value of values) {
    for (let at = text.indexOf(value); at !== -1; at = text.indexOf(value, at + 1)) {
      for (let index = at; index < at + value.length; index += 1) hidden.add(index);
    }
  }
  return [...text]
    .map((character, index) => (hidden.has(index) ? (hidden.has(index - 1) ? '' : '***') : character))
    .join('');
}
