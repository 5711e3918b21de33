import { randomUUID } from 'node:crypto';
import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { BsmError } from './errors.js';
import { allTextOf } from './fixtures/all-text-of.js';
import { scrubError } from './scrub-error.js';

const secret = randomUUID();

test('keeps what helps: name, code, message, stack, request id, status, attempts, cause', () => {
  const source = Object.assign(new RangeError('too far', { cause: new Error('behind') }), {
    code: 'E_FAR',
    $metadata: { requestId: 'r-1', httpStatusCode: 418, attempts: 3 },
  });
  const copy = scrubError(source);
  expect(copy).toBeInstanceOf(Error);
  expect(copy).toMatchObject({
    name: 'RangeError',
    message: 'too far',
    code: 'E_FAR',
    requestId: 'r-1',
    statusCode: 418,
    attempts: 3,
  });
  expect(copy.cause).toMatchObject({ name: 'Error', message: 'behind' });
  expect(copy.stack).toContain('RangeError: too far\n    at ');
  expect(inspect(copy)).toContain('scrub-error.test.ts');
});

test('keeps no other member, seen or hidden', () => {
  const source = Object.assign(new Error('x'), {
    $responseBodyText: secret,
    answer: { secret },
    [Symbol('s')]: secret,
  });
  Object.defineProperty(source, '$response', { value: { body: secret }, enumerable: false });
  expect(allTextOf(scrubError(source))).not.toContain(secret);
});

test.each([
  ['a parser that quotes', new SyntaxError(`Unexpected end: ${secret}`)],
  ['an answer that the SDK could not read', Object.assign(new Error(secret), { $responseBodyText: '' })],
  ['the same by its message', new Error(`${secret}\n  Deserialization error: to see the raw response, inspect ...`)],
])('does not copy the message of %s', (_name, source) => {
  const copy = scrubError(new Error('outer', { cause: source }));
  expect((copy.cause as Error).message).toBe('the answer could not be read');
  expect(allTextOf(copy)).not.toContain(secret);
});

test('copies nothing of the message through the stack', () => {
  const source = new Error('two\nlines');
  source.stack = `Error: ${secret}\n${secret}\n    at here (file.js:1:1)`;
  const copy = scrubError(source);
  expect(copy.stack).toBe('Error: two\nlines\n    at here (file.js:1:1)');
});

test('redacts names, codes and ids, and cuts them', () => {
  const key = 'AKIAIOSFODNN7EXAMPLE';
  const copy = scrubError({ name: key, code: `${key}!`, requestId: 'r'.repeat(1_000), message: key });
  expect(allTextOf(copy)).not.toContain(key);
  expect(copy.requestId).toHaveLength(3);
});

test('follows a chain that is a circle for a while', () => {
  const first = new Error('first');
  const second = new Error('second', { cause: first });
  first.cause = second;
  const links: unknown[] = [];
  for (let link: unknown = scrubError(first); link !== undefined; link = (link as Error).cause) links.push(link);
  expect(links).toHaveLength(6);
  expect(new BsmError('ERR_BSM_REFRESH_FAILED', 'x', { cause: first }).cause).toMatchObject({ message: 'first' });
});
