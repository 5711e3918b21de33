import type { Session } from '@bsm/core-cache';
import { expectTypeOf, test } from 'vitest';
import { type AddedEndpoint, type CredentialServer, type ServeCredentialsOptions, serveCredentials } from './index.js';

declare const session: Session;
declare const server: CredentialServer;

test('takes a session, or what is like one', () => {
  expectTypeOf(serveCredentials(session)).resolves.toEqualTypeOf<CredentialServer>();
  expectTypeOf(serveCredentials).toBeCallableWith({
    credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: '' },
    region: 'eu-west-1',
  });
  // @ts-expect-error -- a region is needed
  expectTypeOf(serveCredentials).toBeCallableWith({ credentials: session.credentials });
});

test('undefined means the default', () => {
  expectTypeOf<{ name: undefined; tokenFile: undefined; signal: undefined }>().toExtend<ServeCredentialsOptions>();
  expectTypeOf<{ name: string }>().toExtend<ServeCredentialsOptions>();
  expectTypeOf<{ port: number }>().not.toExtend<ServeCredentialsOptions>();
});

test('gives what spawn takes, and ends with its scope', () => {
  expectTypeOf(server.childEnv()).toEqualTypeOf<NodeJS.ProcessEnv>();
  expectTypeOf(server.env).toEqualTypeOf<Readonly<Record<string, string>>>();
  expectTypeOf(server.add(session, { name: 'a' })).toEqualTypeOf<AddedEndpoint>();
  expectTypeOf(server).toExtend<AsyncDisposable>();
  expectTypeOf(server).not.toHaveProperty('revoke');
});
