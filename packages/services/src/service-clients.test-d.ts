import type { S3Client } from '@aws-sdk/client-s3';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { Session } from '@bsm/core-cache';
import { describe, expectTypeOf, it } from 'vitest';
import {
  loadServiceClient,
  type NotInstalled,
  SERVICES,
  type ServiceClientOf,
  type ServiceClientProperties,
  type ServiceClients,
  type ServiceEntry,
  type ServiceName,
  serviceClient,
  serviceName,
  type TypedServiceLookup,
} from './index.js';
import { type LightClient, serviceClient as lightly } from './names.js';

// What holds for every compiler, and for the built package, is proven in `compat`.
declare const session: Session;
type NoEc2 = NotInstalled<'npm install @aws-sdk/client-ec2'>;

describe('serviceClient', () => {
  it('gives the class of an installed package', () => {
    expectTypeOf(serviceClient(session, 's3')).toEqualTypeOf<S3Client>();
    expectTypeOf(serviceClient(session, 'sqs', { maxAttempts: 2 })).toEqualTypeOf<SQSClient>();
    expectTypeOf(loadServiceClient(session, 's3')).resolves.toEqualTypeOf<S3Client>();
    expectTypeOf(serviceClient(session, 'dynamodb' as 's3' | 'sqs')).toEqualTypeOf<S3Client | SQSClient>();
  });

  it('gives what names the command where the package is not installed', () => {
    expectTypeOf(serviceClient(session, 'ec2')).toEqualTypeOf<NoEc2>();
    expectTypeOf(serviceClient(session, 'ec2')).not.toBeAny();
    expectTypeOf(serviceClient(session, 'ec2')).not.toHaveProperty('send');
    expectTypeOf(loadServiceClient(session, 'elbv2')).resolves.toEqualTypeOf<
      NotInstalled<'npm install @aws-sdk/client-elastic-load-balancing-v2'>
    >();
  });

  it('refuses unknown services and options of another client', () => {
    // @ts-expect-error: no such service
    serviceClient(session, 's33');
    // @ts-expect-error: an option of S3
    serviceClient(session, 'sqs', { forcePathStyle: true });
    // @ts-expect-error: a misspelt option
    serviceClient(session, 's3', { forcePathStyl: true });
    // @ts-expect-error: the module of another service
    serviceClient(session, 's3', {}, { services: { s3: () => import('@aws-sdk/client-sqs') } });
    // @ts-expect-error: no such service
    expectTypeOf<TypedServiceLookup>().toExtend<{ services: { s33: unknown } }>();
  });

  it('takes modules of their services, and options that may be undefined', () => {
    const services = { s3: () => import('@aws-sdk/client-s3') };
    expectTypeOf(loadServiceClient(session, 's3', {}, { services })).resolves.toEqualTypeOf<S3Client>();
    expectTypeOf(
      serviceClient(session, 's3', { endpoint: undefined }, { resolveFrom: undefined }),
    ).toEqualTypeOf<S3Client>();
  });
});

describe('the types of clients', () => {
  it('are there by name and by property', () => {
    expectTypeOf<ServiceClients['s3']>().toEqualTypeOf<S3Client>();
    expectTypeOf<ServiceClients['ec2']>().toEqualTypeOf<NoEc2>();
    expectTypeOf<ServiceClientProperties['s3Client']>().toEqualTypeOf<S3Client>();
    expectTypeOf<ServiceClientProperties['ec2Client']>().toEqualTypeOf<NoEc2>();
    expectTypeOf<ServiceClientOf<'sqs'>>().toEqualTypeOf<SQSClient>();
    expectTypeOf<keyof ServiceClients>().toEqualTypeOf<ServiceName>();
  });
});

describe('the names', () => {
  it('are typed', () => {
    expectTypeOf(SERVICES.cloudwatchLogs).toEqualTypeOf<ServiceEntry>();
    expectTypeOf(serviceName('logs')).toEqualTypeOf<'cloudwatchLogs'>();
    expectTypeOf(serviceName('s3')).toEqualTypeOf<'s3'>();
    expectTypeOf(serviceName('logs' as string)).toEqualTypeOf<ServiceName | undefined>();
    // @ts-expect-error: no such service
    expectTypeOf(SERVICES.s33).toBeAny();
  });
});

describe('the entry without the types of clients', () => {
  it('gives what is common to all, or the type that is named', () => {
    expectTypeOf(lightly(session, 's3')).toEqualTypeOf<LightClient>();
    expectTypeOf(lightly<S3Client>(session, 's3')).toEqualTypeOf<S3Client>();
    expectTypeOf<S3Client>().toExtend<LightClient>();
    // @ts-expect-error: no such service
    lightly(session, 's33');
  });
});
