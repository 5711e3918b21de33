import { type CompareOptions, compare } from './compare.js';
import { CONTENDERS, exampleKeys } from './contenders.js';
import type { Measured } from './measured.js';

/** Nanoseconds that a request pays for asking for credentials that are valid: an SDK client does this twice per request. */
export function measureValidCredentials(options?: CompareOptions): Promise<Measured[]> {
  const contenders = CONTENDERS.map(({ name, keep }) => {
    const ask = keep(async () => exampleKeys(12 * 3_600_000));
    return {
      name,
      run: async (times: number) => {
        for (let i = 0; i < times; i++) await ask();
      },
    };
  });
  return compare(contenders, options);
}
