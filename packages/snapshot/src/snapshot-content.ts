import { BsmError, isBoolean, type OptionChecks, type SessionLike } from '@bsm/core-cache';
import { maskAccessKeyId } from '@bsm/masking';
import { sealText } from './sealed-text.js';
import type { Snapshot } from './snapshot.js';
import { formatSnapshotText } from './snapshot-text.js';
import { type ToSnapshotOptions, takeSnapshot, toSnapshotChecks } from './to-snapshot.js';

/** Options of the functions that write a snapshot to a file. */
export interface WriteSnapshotFileOptions extends ToSnapshotOptions {
  /**
   * Writes keys without an end too. Default false: they are refused, since a copy of them works until somebody deletes them. Serve
   * them with `serveCredentials` of `@bsm/env-scope`, which writes nothing, or assume a role first.
   */
  readonly allowLongTermKeys?: boolean | undefined;
  /**
   * Encrypts the file with AES-256-GCM and a key that is made for it, which is in `env` only: the file alone is of no use. Default
   * false. Python's library cannot read it.
   */
  readonly encrypt?: boolean | undefined;
}

/** A function, since a spread at the top level stays in every bundle. */
export function writeSnapshotFileChecks(): OptionChecks<WriteSnapshotFileOptions> {
  return { ...toSnapshotChecks, allowLongTermKeys: isBoolean, encrypt: isBoolean };
}

/** What goes into a file, and the key to it if it has one. */
export interface SnapshotContent {
  readonly text: string;
  readonly key?: string;
}

/**
 * Takes a snapshot and writes it as text, with options that were checked.
 *
 * @throws BsmError `ERR_BSM_SNAPSHOT_LONG_TERM_KEYS`, and what the session throws.
 */
export async function snapshotContent(
  source: SessionLike,
  options: WriteSnapshotFileOptions = {},
): Promise<SnapshotContent> {
  const { allowLongTermKeys = false, encrypt = false } = options;
  const snapshot = await takeSnapshot(source, options);
  if (!allowLongTermKeys && isLongTerm(snapshot)) throw longTermKeys(snapshot);
  const text = formatSnapshotText(snapshot);
  return encrypt ? sealText(text) : { text };
}

/** Writes down for a child process where the file is, and the key to it. */
export function childVariables(path: string, { key }: SnapshotContent): Record<string, string> {
  return { BSM_SNAPSHOT_FILE: path, ...(key !== undefined && { BSM_SNAPSHOT_KEY: key }) };
}

/** Keys without a token never end. AKIA keys do not either, though a token of something else may be with them. */
function isLongTerm({ aws_access_key_id: id, aws_session_token: token }: Snapshot): boolean {
  return token === undefined || id.startsWith('AKIA');
}

function longTermKeys({ aws_access_key_id: id }: Snapshot): BsmError {
  const message =
    `The keys ${maskAccessKeyId(id)} never end and were not written to a file. Hand them over with serveCredentials of ` +
    '@bsm/env-scope, which writes nothing, assume a role first, or pass allowLongTermKeys: true.';
  return new BsmError('ERR_BSM_SNAPSHOT_LONG_TERM_KEYS', message);
}
