import { afterAll, afterEach } from 'vitest';

/** What a test did that it must not do, kept until the test ends, since code under test may swallow a thrown error. */
export interface Violations {
  /** Records one violation and where it came from. */
  add(what: string): void;
}

/** Makes a list that fails the running test, or the file when no test is running. */
export function createViolations(rule: string): Violations {
  const seen: string[] = [];
  const failIfAny = (): void => {
    if (seen.length === 0) return;
    const all = seen.splice(0).join('\n');
    throw new Error(`${rule}\n${all}`);
  };
  afterEach(failIfAny);
  afterAll(failIfAny);
  return {
    add(what) {
      const frames = new Error('here').stack?.split('\n').slice(3, 7).join('\n') ?? '';
      seen.push(`${what}\n${frames}`);
    },
  };
}
