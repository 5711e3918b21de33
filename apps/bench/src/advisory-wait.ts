import { CONTENDERS, exampleKeys } from './contenders.js';
import type { Measured } from './measured.js';
import { withShiftedTime } from './shifted-time.js';

export interface AdvisoryWaitOptions {
  readonly callers: number;
  /** How long STS takes for the refresh. */
  readonly sourceMs: number;
}

const HOUR_MS = 3_600_000;
const FOUR_MINUTES_MS = 240_000;

/** Milliseconds until the last of many callers has credentials, when those in hand live for four more minutes and STS is slow. */
export async function measureAdvisoryWait({ callers, sourceMs }: AdvisoryWaitOptions): Promise<Measured[]> {
  const measured: Measured[] = [];
  for (const { name, keep } of CONTENDERS) {
    let calls = 0;
    const ask = keep(async () => {
      if (calls++ > 0) await new Promise((resolve) => setTimeout(resolve, sourceMs));
      return exampleKeys(HOUR_MS);
    });
    const value = await withShiftedTime(async (advance) => {
      await ask();
      advance(HOUR_MS - FOUR_MINUTES_MS);
      const started = performance.now();
      await Promise.all(Array.from({ length: callers }, () => ask()));
      return performance.now() - started;
    });
    measured.push({ name, value });
  }
  return measured;
}
