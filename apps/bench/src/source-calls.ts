import { CONTENDERS, exampleKeys } from './contenders.js';
import type { Measured } from './measured.js';
import { withShiftedTime } from './shifted-time.js';

/** How credentials are used: so many times, so far apart. */
export interface Usage {
  readonly lifetimeMs: number;
  readonly uses: number;
  readonly everyMs: number;
}

/** Counts how often the source of short-lived credentials is asked. Each use asks twice, as a request of the SDK does. */
export async function countSourceCalls({ lifetimeMs, uses, everyMs }: Usage): Promise<Measured[]> {
  const measured: Measured[] = [];
  for (const { name, keep } of CONTENDERS) {
    let value = 0;
    const ask = keep(async () => {
      value++;
      return exampleKeys(lifetimeMs);
    });
    await withShiftedTime(async (advance) => {
      for (let use = 0; use < uses; use++) {
        await ask();
        await ask();
        advance(everyMs);
      }
    });
    measured.push({ name, value });
  }
  return measured;
}
