import { describe, expect, it } from 'vitest';
import { compare } from './compare.js';

describe('compare', () => {
  it('runs contenders in turns, does not count the first rounds, and keeps their order', async () => {
    const runs: string[] = [];
    const contender = (name: string) => ({
      name,
      run: async (times: number) => {
        runs.push(`${name} ${times}`);
      },
    });
    const measured = await compare([contender('one'), contender('other')], { rounds: 4, timesPerRound: 3 });
    // A quarter of the rounds more, to warm up.
    expect(runs).toEqual(Array.from({ length: 5 }, () => ['one 3', 'other 3']).flat());
    expect(measured.map(({ name }) => name)).toEqual(['one', 'other']);
    expect(measured.every(({ value }) => value > 0 && Number.isFinite(value))).toBe(true);
  });

  it('fails when a contender fails', async () => {
    const run = () => Promise.reject(new Error('broken'));
    await expect(compare([{ name: 'one', run }], { rounds: 1, timesPerRound: 1 })).rejects.toThrow('broken');
  });
});
