import type { Measured } from './measured.js';

/** One way of doing a piece of work. `run` does it many times over, so that reading the clock does not count. */
export interface Contender {
  readonly name: string;
  readonly run: (times: number) => Promise<void>;
}

export interface CompareOptions {
  readonly rounds?: number | undefined;
  readonly timesPerRound?: number | undefined;
}

/**
 * Measures the median nanoseconds of a piece of work, contenders in turns: each round runs all of them, so that what else the machine does hits all alike. The first rounds
 * are not counted. Compare the figures of one run with each other, never with those of another.
 */
export async function compare(
  contenders: readonly Contender[],
  { rounds = 40, timesPerRound = 20_000 }: CompareOptions = {},
): Promise<Measured[]> {
  const samples = new Map<Contender, number[]>(contenders.map((contender) => [contender, []]));
  const warmUp = Math.ceil(rounds / 4);
  for (let round = -warmUp; round < rounds; round++) {
    for (const contender of contenders) {
      const start = process.hrtime.bigint();
      await contender.run(timesPerRound);
      const spent = Number(process.hrtime.bigint() - start) / timesPerRound;
      if (round >= 0) samples.get(contender)?.push(spent);
    }
  }
  return contenders.map((contender) => ({ name: contender.name, value: median(samples.get(contender) ?? []) }));
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
