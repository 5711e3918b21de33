import type { Session } from '@bsm/core-cache';
import { expectTypeOf, test } from 'vitest';
import {
  type ChildEnvOptions,
  CONFLICTING_VARIABLES,
  childEnv,
  credentialEnv,
  type WithEnvOptions,
  withEnv,
} from './index.js';

declare const session: Session;

test('a scope gives what its function gives', () => {
  expectTypeOf(withEnv(session, () => 1)).toEqualTypeOf<Promise<number>>();
  expectTypeOf(withEnv(session, async () => 'text')).toEqualTypeOf<Promise<string>>();
  // @ts-expect-error: there is nothing to pass to it
  void withEnv(session, (name: string) => name);
});

test('options may be undefined', () => {
  expectTypeOf<{
    overlap: undefined;
    timeoutMs: undefined;
    signal: undefined;
    profile: undefined;
  }>().toExtend<WithEnvOptions>();
  expectTypeOf<{ profile: undefined; minRemainingMs: undefined }>().toExtend<ChildEnvOptions>();
  expectTypeOf<{ overlap: 'mix' }>().not.toExtend<WithEnvOptions>();
});

test('environments fit spawn', () => {
  expectTypeOf(credentialEnv(session)).toEqualTypeOf<Promise<Record<string, string>>>();
  expectTypeOf(childEnv(session)).toEqualTypeOf<Promise<NodeJS.ProcessEnv>>();
  expectTypeOf(CONFLICTING_VARIABLES).toEqualTypeOf<readonly string[]>();
});
