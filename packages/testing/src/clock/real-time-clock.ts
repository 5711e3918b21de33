import { checkedStep, checkedTime } from './clock-values.js';
import type { VirtualClock } from './virtual-clock.js';

/** Creates a clock that runs with real time from `startAt` on; its timers are real and hold no process open. */
export function createRealTimeClock(startAt: number): VirtualClock {
  const origin = performance.now();
  const running = (): number => performance.now() - origin;
  let skipped = 0;
  let offset = startAt;
  const timers = new Set<NodeJS.Timeout>();

  const advance = (ms: number): void => {
    skipped += checkedStep(ms);
  };

  return {
    now: () => Math.floor(offset + skipped + running()),
    monotonic: () => skipped + running(),
    advance,
    advanceAsync: async (ms) => advance(ms),
    set(time) {
      offset = checkedTime(time) - skipped - running();
    },
    setTimeout(fn, ms) {
      const timer = setTimeout(() => {
        timers.delete(timer);
        fn();
      }, ms);
      timers.add(timer.unref());
      return timer;
    },
    clearTimeout(handle) {
      if (timers.delete(handle as NodeJS.Timeout)) clearTimeout(handle as NodeJS.Timeout);
    },
    get pendingTimers() {
      return timers.size;
    },
  };
}
