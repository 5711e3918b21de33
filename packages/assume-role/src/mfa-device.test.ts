import { createVirtualClock, type VirtualClock } from '@bsm/testing';
import { describe, expect, it } from 'vitest';
import { createGate } from './fixtures/gate.js';
import { timeOf } from './fixtures/stub-sts.js';
import { createMfaDevice, type MfaDevice } from './mfa-device.js';

const signal = new AbortController().signal;

/** A device on a clock that stands at the beginning of a 30-second step. */
function startDevice(): { clock: VirtualClock; device: MfaDevice; shown: () => Promise<string> } {
  const clock = createVirtualClock({ startAt: new Date('2026-01-01T00:00:00Z') });
  const device = createMfaDevice(timeOf(clock));
  // What the display shows: another code in each step.
  return { clock, device, shown: async () => String(100_000 + (((clock.now() / 30_000) % 900_000) | 0)) };
}

describe('an MFA device', () => {
  it('gives a code once in its 30 seconds, and asks again when the display changes', async () => {
    const { clock, device, shown } = startDevice();
    clock.advance(10_000);
    let asked = 0;
    const ask = (): Promise<string> => {
      asked++;
      return shown();
    };
    const first = await device.nextCode(ask, signal);
    const second = device.nextCode(ask, signal);
    await clock.advanceAsync(19_999);
    expect(asked).toBe(2);
    await clock.advanceAsync(1);
    expect(await second).not.toBe(first);
    expect(asked).toBe(3);
    expect(clock.pendingTimers).toBe(0);
  });

  it('accepts the same code again after 30 seconds, for what is no real device', async () => {
    const { clock, device } = startDevice();
    const ask = async (): Promise<string> => '123456';
    await device.nextCode(ask, signal);
    const second = device.nextCode(ask, signal);
    await clock.advanceAsync(30_000);
    expect(await second).toBe('123456');
  });

  it('asks one at a time, in the order in which they came', async () => {
    const { device } = startDevice();
    const gates = [createGate<string>(), createGate<string>(), createGate<string>()];
    const asked: number[] = [];
    const codes = gates.map(({ promise }, index) =>
      device.nextCode(() => {
        asked.push(index);
        return promise;
      }, signal),
    );
    await new Promise((resolve) => setImmediate(resolve));
    expect(asked).toEqual([0]);
    gates[0]!.open('111111');
    await codes[0];
    gates[1]!.fail(new Error('cancelled'));
    await expect(codes[1]).rejects.toThrow('cancelled');
    gates[2]!.open('333333');
    expect(await codes[2]).toBe('333333');
    expect(asked).toEqual([0, 1, 2]);
  });

  it('lets who leaves go without being asked, and asks the next', async () => {
    const { device } = startDevice();
    const gate = createGate<string>();
    const first = device.nextCode(() => gate.promise, signal);
    const abort = new AbortController();
    let asked = 0;
    const second = device.nextCode(async () => String(200_000 + ++asked), abort.signal);
    const order: string[] = [];
    const third = device.nextCode(async () => {
      order.push('third');
      return '333333';
    }, signal);
    abort.abort(new Error('closed'));
    await expect(second).rejects.toThrow('closed');
    await new Promise((resolve) => setImmediate(resolve));
    order.push('first');
    gate.open('111111');
    expect(await first).toBe('111111');
    expect(await third).toBe('333333');
    expect(asked).toBe(0);
    expect(order).toEqual(['first', 'third']);
  });

  it('is not blocked by a prompt that never answers', async () => {
    const { device } = startDevice();
    const abort = new AbortController();
    const hanging = device.nextCode(() => new Promise(() => {}), abort.signal);
    const next = device.nextCode(async () => '222222', signal);
    abort.abort(new Error('too late'));
    await expect(hanging).rejects.toThrow('too late');
    expect(await next).toBe('222222');
  });

  it('stops waiting for the next code when nobody needs it', async () => {
    const { clock, device, shown } = startDevice();
    await device.nextCode(shown, signal);
    const abort = new AbortController();
    const waiting = device.nextCode(shown, abort.signal);
    await clock.advanceAsync(1);
    abort.abort(new Error('closed'));
    await expect(waiting).rejects.toThrow('closed');
    expect(clock.pendingTimers).toBe(0);
  });

  it('forgets what it saw before the clock was set back', async () => {
    const { clock, device, shown } = startDevice();
    const code = await device.nextCode(shown, signal);
    clock.set(clock.now() - 3_600_000);
    expect(device.tryCode(code)).toBe(true);
    expect(device.tryCode(code)).toBe(false);
  });
});
