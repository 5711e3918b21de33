import { randomUUID } from 'node:crypto';
import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { BsmError, isBsmError } from './errors.js';

test('an error says what it is, and no more', () => {
  const error = new BsmError('ERR_BSM_SESSION_CLOSED', 'closed');
  expect(error).toBeInstanceOf(Error);
  expect(error).toMatchObject({ name: 'BsmError', retryable: false, details: {}, tryNextLink: false });
  expect('cause' in error).toBe(false);
  expect(inspect(error)).toContain('BsmError: closed');
  expect(JSON.parse(JSON.stringify(error))).toMatchObject({ code: 'ERR_BSM_SESSION_CLOSED', retryable: false });
});

test('a cause is copied and hidden from loops over members, a BsmError is kept', () => {
  const secret = randomUUID();
  const cause = Object.assign(new Error('behind'), { secret });
  const error = new BsmError('ERR_BSM_REFRESH_FAILED', 'x', { cause });
  expect(error.cause).not.toBe(cause);
  expect(Object.keys(error)).not.toContain('cause');
  expect(inspect(error, { depth: 9, showHidden: true })).toContain('[cause]: Error: behind');
  expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(secret);
  expect(new BsmError('ERR_BSM_REFRESH_FAILED', 'y', { cause: error }).cause).toBe(error);
});

test('is recognised by its brand, also when it comes from another copy of the package', () => {
  const error = new BsmError('ERR_BSM_SESSION_CLOSED', 'closed');
  const foreign = Object.assign(new Error('x'), { code: 'ERR_BSM_OPTION_INVALID', [Symbol.for('@bsm/error')]: true });
  expect(isBsmError(error)).toBe(true);
  expect(isBsmError(foreign)).toBe(true);
  expect(isBsmError(foreign, 'ERR_BSM_OPTION_INVALID')).toBe(true);
  expect(isBsmError(error, 'ERR_BSM_SESSION_CLOSED')).toBe(true);
  expect(isBsmError(error, 'ERR_BSM_OPTION_INVALID')).toBe(false);
});

test.each([
  undefined,
  null,
  'ERR_BSM_SESSION_CLOSED',
  new Error('x'),
  { code: 'ERR_BSM_SESSION_CLOSED' },
  new Proxy(
    {},
    {
      get: () => {
        throw new Error('no');
      },
    },
  ),
])('nothing else is (%#)', (value) => {
  expect(isBsmError(value)).toBe(false);
});
