import { afterEach, describe, expect, it, test, vi } from 'vitest';
import { FakeAwsError } from '../fake-aws-error.js';
import { createVirtualClock } from './virtual-clock.js';

const START = new Date('2026-01-01T00:00:00Z');

describe('a clock that stands still', () => {
  test('starts at the given time and moves when told to', () => {
    const clock = createVirtualClock({ startAt: START });
    expect([clock.now(), clock.monotonic()]).toEqual([START.getTime(), 0]);
    clock.advance(1500);
    expect([clock.now(), clock.monotonic()]).toEqual([START.getTime() + 1500, 1500]);
  });

  test('starts at a whole second by default', () => {
    expect(createVirtualClock().now() % 1000).toBe(0);
  });

  test('set moves the wall clock, also backwards, and nothing else', () => {
    const clock = createVirtualClock({ startAt: START });
    const fired: number[] = [];
    clock.setTimeout(() => fired.push(clock.now()), 1000);
    clock.advance(100);
    clock.set(new Date('2020-01-01T00:00:00Z'));
    expect([clock.now(), clock.monotonic(), fired]).toEqual([Date.parse('2020-01-01T00:00:00Z'), 100, []]);
    clock.advance(900);
    expect(fired).toEqual([Date.parse('2020-01-01T00:00:00.900Z')]);
  });

  test('timers fire in order of due time and then of creation, each at its due time', () => {
    const clock = createVirtualClock({ startAt: START });
    const fired: string[] = [];
    const at = (name: string) => () => fired.push(`${name} ${clock.monotonic()}`);
    clock.setTimeout(at('late'), 300);
    clock.setTimeout(at('first'), 100);
    clock.setTimeout(at('second'), 100);
    clock.setTimeout(at('never'), 1001);
    clock.advance(1000);
    expect(fired).toEqual(['first 100', 'second 100', 'late 300']);
    expect([clock.monotonic(), clock.pendingTimers]).toEqual([1000, 1]);
  });

  test('a timer that a timer makes fires in the same step when it falls due', () => {
    const clock = createVirtualClock({ startAt: START });
    const fired: number[] = [];
    const again = (): void => {
      fired.push(clock.monotonic());
      if (fired.length < 5) clock.setTimeout(again, 100);
    };
    clock.setTimeout(again, 100);
    clock.advance(350);
    expect(fired).toEqual([100, 200, 300]);
  });

  test('a cancelled timer does not fire; an unknown handle is ignored', () => {
    const clock = createVirtualClock();
    const fn = vi.fn();
    clock.clearTimeout(clock.setTimeout(fn, 10));
    clock.clearTimeout(undefined);
    clock.advance(20);
    expect(fn).not.toHaveBeenCalled();
  });

  test('a delay that is negative or no number counts as none', () => {
    const clock = createVirtualClock();
    const fn = vi.fn();
    clock.setTimeout(fn, -5);
    clock.setTimeout(fn, Number.NaN);
    clock.advance(0);
    expect(fn).toHaveBeenCalledTimes(2);
  });

  test('an error of a timer reaches the caller and stops the clock there', () => {
    const clock = createVirtualClock();
    clock.setTimeout(() => {
      throw new Error('broken');
    }, 10);
    expect(() => clock.advance(100)).toThrow('broken');
    expect(clock.monotonic()).toBe(10);
  });

  test('advanceAsync lets what a timer started come to its own next timer', async () => {
    const clock = createVirtualClock();
    const steps: number[] = [];
    const sleep = (ms: number): Promise<void> => new Promise((resolve) => clock.setTimeout(resolve, ms));
    const work = async (): Promise<void> => {
      for (let round = 0; round < 3; round++) {
        await sleep(100);
        steps.push(clock.monotonic());
      }
    };
    const done = work();
    await clock.advanceAsync(1000);
    await done;
    expect(steps).toEqual([100, 200, 300]);
    expect(clock.monotonic()).toBe(1000);
  });

  test('advanceAsync works under the fake timers of a test runner', async () => {
    vi.useFakeTimers();
    try {
      const clock = createVirtualClock();
      await clock.advanceAsync(5);
      expect(clock.monotonic()).toBe(5);
    } finally {
      vi.useRealTimers();
    }
  });

  test('its functions need no this', () => {
    const { now, advance } = createVirtualClock({ startAt: START });
    advance(1);
    expect(now()).toBe(START.getTime() + 1);
  });
});

describe('a clock that runs with real time', () => {
  afterEach(() => vi.useRealTimers());

  test('follows it from its start on, with real timers', () => {
    vi.useFakeTimers();
    const clock = createVirtualClock({ startAt: START, realTime: true });
    const fn = vi.fn();
    clock.setTimeout(fn, 50);
    vi.advanceTimersByTime(60);
    expect(fn).toHaveBeenCalledOnce();
    expect([clock.now(), clock.monotonic(), clock.pendingTimers]).toEqual([START.getTime() + 60, 60, 0]);
  });

  test('advance and set shift it without firing timers', async () => {
    vi.useFakeTimers();
    const clock = createVirtualClock({ startAt: START, realTime: true });
    const fn = vi.fn();
    const handle = clock.setTimeout(fn, 1000);
    clock.advance(5000);
    await clock.advanceAsync(5000);
    expect([clock.now(), clock.monotonic()]).toEqual([START.getTime() + 10_000, 10_000]);
    clock.set(0);
    expect([clock.now(), clock.monotonic()]).toEqual([0, 10_000]);
    clock.clearTimeout(handle);
    vi.advanceTimersByTime(2000);
    expect(fn).not.toHaveBeenCalled();
  });

  test('holds no process open', () => {
    const before = process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
    createVirtualClock({ realTime: true }).setTimeout(() => {}, 60_000);
    expect(process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length).toBe(before);
  });
});

describe.each([[false], [true]])('bad input (realTime: %s)', (realTime) => {
  it.each<[string, string, () => unknown]>([
    ['a negative step', 'ms', () => createVirtualClock({ realTime }).advance(-1)],
    ['an infinite step', 'ms', () => createVirtualClock({ realTime }).advance(Number.POSITIVE_INFINITY)],
    ['an invalid date', 'time', () => createVirtualClock({ realTime }).set(new Date(Number.NaN))],
    ['a text as time', 'time', () => createVirtualClock({ realTime }).set('now' as never)],
    ['an invalid start', 'startAt', () => createVirtualClock({ realTime, startAt: new Date('junk') })],
    ['an unknown option', 'speed', () => createVirtualClock({ realTime, speed: 2 } as never)],
  ])('%s', (_, option, act) => {
    let error: unknown;
    try {
      act();
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(FakeAwsError);
    expect(error).toMatchObject({ code: 'ERR_BSM_OPTION_INVALID', option });
  });
});
