import { createVirtualClock } from '@bsm/testing';
import { describe, expect, test, vi } from 'vitest';
import { createTimekeeper } from './clock.js';

describe('createTimekeeper', () => {
  test('elapsed time is the larger of wall and monotonic', () => {
    const clock = createVirtualClock();
    const time = createTimekeeper(clock);
    const start = time.moment();
    clock.advance(1_000);
    expect(time.elapsedSince(start)).toBe(1_000);
    clock.set(clock.now() - 5_000);
    expect(time.elapsedSince(start)).toBe(1_000);
    clock.set(clock.now() + 10_000);
    expect(time.elapsedSince(start)).toBe(6_000);
  });

  test('a monotonic clock is believed also when the wall clock shows the same millisecond again', () => {
    const clock = createVirtualClock();
    const time = createTimekeeper(clock);
    const start = time.moment();
    clock.advance(7_200_000);
    clock.set(start.wall);
    expect(time.elapsedSince(start)).toBe(7_200_000);
  });

  test('with now() alone, a step back is no time at all', () => {
    let now = 5_000;
    const time = createTimekeeper({ now: () => now });
    const start = time.moment();
    now = 1_000;
    expect(time.elapsedSince(start)).toBe(0);
    now = 6_000;
    expect(time.elapsedSince(start)).toBe(1_000);
  });

  test('the system clocks: both are read, and a wall clock that is set back does not stop time', () => {
    const wall = vi.spyOn(Date, 'now').mockReturnValue(1_000);
    const monotonic = vi.spyOn(performance, 'now').mockReturnValue(10);
    const time = createTimekeeper(undefined);
    const start = time.moment();
    wall.mockReturnValue(400);
    monotonic.mockReturnValue(310);
    expect(time.elapsedSince(start)).toBe(300);
    wall.mockReturnValue(2_000);
    expect(time.elapsedSince(start)).toBe(1_000);
    vi.restoreAllMocks();
  });

  test('timers do not hold the process, wherever they come from', () => {
    const unref = vi.fn();
    const cleared: unknown[] = [];
    const handle = { unref };
    const delays: number[] = [];
    const time = createTimekeeper({
      now: () => 0,
      setTimeout: (_callback, delay) => {
        delays.push(delay);
        return handle;
      },
      clearTimeout: (timer) => cleared.push(timer),
    });
    time.startTimer(() => {}, 5)();
    time.startTimer(() => {}, -5);
    time.startTimer(() => {}, Number.MAX_VALUE);
    expect(unref).toHaveBeenCalledTimes(3);
    expect(cleared).toEqual([handle]);
    expect(delays).toEqual([5, 0, 2 ** 31 - 1]);

    const before = process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
    const stop = createTimekeeper(undefined).startTimer(() => {}, 1_000);
    expect(process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout')).toHaveLength(before);
    stop();
  });
});
