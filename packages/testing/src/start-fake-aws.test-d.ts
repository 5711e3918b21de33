import type { IAMClientConfig } from '@aws-sdk/client-iam';
import type { S3ClientConfig } from '@aws-sdk/client-s3';
import type { STSClientConfig } from '@aws-sdk/client-sts';
import { expectTypeOf, test } from 'vitest';
import { type FakeAws, type FakeAwsOptions, type FaultRule, startFakeAws, type VirtualClock } from './index.js';

test('the clock is one that a session takes', () => {
  interface Clock {
    now(): number;
    monotonic?(): number;
    setTimeout?(fn: () => void, ms: number): unknown;
    clearTimeout?(handle: unknown): void;
  }
  expectTypeOf<VirtualClock>().toExtend<Clock>();
});

test('clientConfig fits the clients of the SDK', () => {
  type Config = ReturnType<FakeAws['clientConfig']>;
  expectTypeOf<Config>().toExtend<STSClientConfig>();
  expectTypeOf<Config>().toExtend<IAMClientConfig>();
  expectTypeOf<Config>().toExtend<S3ClientConfig>();
});

test('an option may be undefined', () => {
  expectTypeOf<{ startAt: undefined; realTime: undefined }>().toExtend<FakeAwsOptions>();
  expectTypeOf(startFakeAws).returns.resolves.toEqualTypeOf<FakeAws>();
});

test('a fault takes what belongs to its kind and nothing else', () => {
  expectTypeOf<{ kind: 'delay'; ms: number }>().toExtend<FaultRule>();
  expectTypeOf<{ kind: 'delay' }>().not.toExtend<FaultRule>();
  expectTypeOf<{ kind: 'missing'; fields: string }>().not.toExtend<FaultRule>();
  expectTypeOf<{ kind: 'earthquake' }>().not.toExtend<FaultRule>();
  // @ts-expect-error a hang has no duration
  const hang: FaultRule = { kind: 'hang', ms: 5 };
  expectTypeOf(hang).toEqualTypeOf<FaultRule>();
});
