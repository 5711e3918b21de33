/** Asks a test that a user wrote: anything but `true`, and any error, counts as no. */
export function saysYes(test: (value: unknown) => unknown, value: unknown): boolean {
  try {
    return test(value) === true;
  } catch {
    return false;
  }
}
