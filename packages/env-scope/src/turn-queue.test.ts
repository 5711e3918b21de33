import { expect, it } from 'vitest';
import { createSeededRandom } from './fixtures/seeded-random.js';
import { createTurnQueue } from './turn-queue.js';

const noDeadline = (): (() => void) => () => {};

/** A caller of the queue, with what a test does to it. */
interface Caller {
  readonly id: number;
  state: 'waiting' | 'has the turn' | 'left' | 'done';
  end?: () => void;
  abort(): void;
  pass(): void;
}

it('gives turns in order of arrival, whoever leaves, as a list would', async () => {
  const random = createSeededRandom(20_261_122);
  const pick = <T>(items: readonly T[]): T | undefined => items[Math.floor(random() * items.length)];

  for (let round = 0; round < 60; round++) {
    const queue = createTurnQueue();
    const callers: Caller[] = [];
    let model: Caller[] = []; // the first has the turn
    let deadlines = 0;

    const arrive = (): Caller => {
      const controller = new AbortController();
      const caller: Caller = { id: callers.length, state: 'waiting', abort: () => controller.abort(), pass: () => {} };
      const startDeadline = (fail: (reason: unknown) => void): (() => void) => {
        deadlines++;
        caller.pass = () => fail(new Error('late'));
        return () => {
          deadlines--;
          caller.pass = () => {};
        };
      };
      queue.take({ signal: controller.signal, startDeadline }).then(
        (end) => Object.assign(caller, { state: 'has the turn', end }),
        () => Object.assign(caller, { state: 'left' }),
      );
      callers.push(caller);
      return caller;
    };

    for (let step = 0; step < 60; step++) {
      const dice = random();
      const [holder, ...waiting] = model;
      if (dice < 0.45) model.push(arrive());
      else if (dice < 0.75) {
        if (holder) {
          holder.end?.();
          holder.state = 'done';
          model = waiting;
        }
      } else {
        // Also the one that has the turn: nothing may happen to it.
        const leaver = pick(model);
        if (dice < 0.88) leaver?.abort();
        else leaver?.pass();
        model = model.filter((caller) => caller !== leaver || caller === holder);
      }
      await Promise.resolve();
      await Promise.resolve();

      const expected = callers.map((caller) =>
        caller === model[0]
          ? 'has the turn'
          : model.includes(caller)
            ? 'waiting'
            : caller.state === 'done'
              ? 'done'
              : 'left',
      );
      expect(callers.map(({ state }) => state)).toEqual(expected);
      expect(queue.isBusy).toBe(model.length > 0);
      expect(deadlines).toBe(Math.max(model.length - 1, 0));
    }
  }
});

it('gives the first turn at once', () => {
  const queue = createTurnQueue();
  void queue.take({ startDeadline: noDeadline });
  expect(queue.isBusy).toBe(true);
});

it('tells all who wait for the end of it', async () => {
  const queue = createTurnQueue();
  await queue.idle();
  const end = await queue.take({ startDeadline: noDeadline });
  const next = queue.take({ startDeadline: noDeadline });
  let idle = 0;
  for (const waiter of [queue.idle(), queue.idle()]) void waiter.then(() => idle++);
  end();
  const endNext = await next;
  expect(idle).toBe(0);
  endNext();
  await queue.idle();
  expect(idle).toBe(2);
});

it('gives no turn to a signal that was aborted before', async () => {
  const queue = createTurnQueue();
  const signal = AbortSignal.abort(new Error('enough'));
  await expect(queue.take({ signal, startDeadline: noDeadline })).rejects.toThrow('enough');
  expect(queue.isBusy).toBe(false);
});

it('gives ten thousand turns in a row', async () => {
  const queue = createTurnQueue();
  const order: number[] = [];
  await Promise.all(
    Array.from({ length: 10_000 }, async (_, index) => {
      const end = await queue.take({ startDeadline: noDeadline });
      order.push(index);
      end();
    }),
  );
  expect(order).toEqual(order.toSorted((a, b) => a - b));
  expect(queue.isBusy).toBe(false);
});
