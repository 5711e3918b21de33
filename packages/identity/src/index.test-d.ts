import { createSession } from '@bsm/core-cache';
import { expectTypeOf, test } from 'vitest';
import {
  assertAccount,
  formatWhoAmI,
  getAccountAlias,
  getCallerIdentity,
  type PrincipalType,
  parsePrincipal,
  printWhoAmI,
  type WhoAmI,
  whoAmI,
} from './index.js';

const session = createSession();
const given: { signal?: AbortSignal | undefined } = {};

test('everything takes a session or a part of a client configuration', () => {
  expectTypeOf(getCallerIdentity).toBeCallableWith(session);
  expectTypeOf(getCallerIdentity).toBeCallableWith({ credentials: session.credentials, region: 'eu-west-1' });
  // @ts-expect-error a region is needed
  expectTypeOf(getCallerIdentity).toBeCallableWith({ credentials: session.credentials });
});

test('options may be undefined', () => {
  expectTypeOf(getCallerIdentity).toBeCallableWith(session, { signal: given.signal });
  expectTypeOf(whoAmI).toBeCallableWith(session, { accountAlias: ['prod'] as const, signal: given.signal });
  // @ts-expect-error not an option
  expectTypeOf(whoAmI).toBeCallableWith(session, { alias: false });
});

test('results say what may be absent', () => {
  expectTypeOf(getAccountAlias(session)).resolves.toEqualTypeOf<string | undefined>();
  expectTypeOf(whoAmI(session)).resolves.toEqualTypeOf<WhoAmI>();
  expectTypeOf<WhoAmI['region']>().toEqualTypeOf<string | undefined>();
  expectTypeOf(parsePrincipal('').type).toEqualTypeOf<PrincipalType>();
});

test('what whoAmI gives can be formatted, and printed to any stream', () => {
  expectTypeOf(formatWhoAmI).toBeCallableWith({} as Awaited<ReturnType<typeof whoAmI>>, { format: 'columns' });
  expectTypeOf(printWhoAmI).toBeCallableWith(session, { stream: process.stderr });
  expectTypeOf(printWhoAmI).toBeCallableWith(session, { stream: { write: (text: string) => text.length } });
  expectTypeOf(assertAccount).toBeCallableWith(session, ['123456789012'] as const);
});
