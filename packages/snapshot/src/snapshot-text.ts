import { snapshotInvalid } from './parse-snapshot.js';
import type { Snapshot } from './snapshot.js';

/** Writes a snapshot byte by byte as Python's `json.dumps` does: one line, a space after each comma and colon, ASCII only. */
export function formatSnapshotText(snapshot: Snapshot): string {
  const members = Object.entries(snapshot).map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`);
  return `{${members.join(', ')}}`.replace(
    /[^ -~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/**
 * Reads the text of a snapshot as JSON. A byte order mark is refused, as by Python.
 *
 * @throws BsmError `ERR_BSM_SNAPSHOT_INVALID`, without the parser's own message, which quotes the text.
 */
export function parseSnapshotText(text: string, origin: string): unknown {
  if (text.startsWith('\uFEFF')) throw snapshotInvalid(origin, 'it begins with a byte order mark; save it without one');
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw snapshotInvalid(origin, text.trim() === '' ? 'it is empty' : 'it is not JSON');
  }
}
