import type { SessionLike } from '@bsm/core-cache';
import { expectTypeOf, test } from 'vitest';
import {
  fromSnapshot,
  type Snapshot,
  type SnapshotFile,
  toSnapshot,
  withSnapshotFile,
  writeSnapshotFile,
} from './index.js';

declare const session: SessionLike;

test('a snapshot has the names of Python, two of which may be absent', () => {
  expectTypeOf(toSnapshot(session)).resolves.toEqualTypeOf<Snapshot>();
  expectTypeOf<Snapshot['region_name']>().toEqualTypeOf<string | null>();
  expectTypeOf<Snapshot['aws_session_token']>().toEqualTypeOf<string | undefined>();
  expectTypeOf(fromSnapshot).parameter(0).toEqualTypeOf<Snapshot>();
});

test('options may be undefined', () => {
  expectTypeOf(
    toSnapshot(session, { omitExpiration: undefined, minRemainingMs: undefined, signal: undefined }),
  ).not.toBeAny();
  expectTypeOf(
    writeSnapshotFile(session, 'a', { encrypt: undefined, allowLongTermKeys: undefined }),
  ).resolves.toEqualTypeOf<SnapshotFile>();
});

test('a scope returns what its callback returns, promised or not', () => {
  expectTypeOf(withSnapshotFile(session, () => 42)).resolves.toBeNumber();
  expectTypeOf(withSnapshotFile(session, () => Promise.resolve('x'), { path: undefined })).resolves.toBeString();
  expectTypeOf(withSnapshotFile(session, (_path, { env }) => env)).resolves.toEqualTypeOf<Record<string, string>>();
});

test('a path is a text', () => {
  // @ts-expect-error A URL is none.
  void writeSnapshotFile(session, new URL('file:///a'));
});
