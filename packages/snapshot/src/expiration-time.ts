/** Writes a date as every version of Python since 3.7 reads it with `datetime.fromisoformat`, which took no `Z` before 3.11. */
export function formatExpirationTime(date: Date): string {
  return date.toISOString().replace(/(?:\.000)?Z$/, '+00:00');
}

/**
 * Reads a date as this package and Python's `datetime` write it: ISO 8601 with an offset, with `T` or a space, with up to nine
 * digits of a second, of which milliseconds are kept.
 *
 * A date without an offset has no meaning on another machine, and Python refuses to compare one.
 *
 * @returns what is wrong with it, in words, in place of a date.
 */
export function parseExpirationTime(value: unknown): Date | string {
  const parts = typeof value === 'string' ? PATTERN.exec(value.trim()) : null;
  if (!parts) return 'no ISO 8601 text such as 2030-01-31T08:00:00+00:00';
  const [, day, time, fraction = '', offset] = parts;
  if (offset === undefined) return 'a date without an offset; add Z or +00:00';
  const date = new Date(
    `${day}T${time}.${fraction.slice(0, 3).padEnd(3, '0')}${offset.replace(/^([+-]\d\d)(\d\d)$/, '$1:$2')}`,
  );
  return exists(day!) && !Number.isNaN(date.getTime()) ? date : 'a date that does not exist';
}

const PATTERN = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:[.,](\d{1,9}))?(Z|[+-]\d\d:?\d\d)?$/i;

/** JavaScript takes the 31st of each month for a date. */
function exists(day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}
