import { createSession } from '@bsm/core-cache';
import type { VirtualClock } from '@bsm/testing';
import { describe, expect, it } from 'vitest';
import { createGate } from './fixtures/gate.js';
import { EXAMPLE_KEYS, type StubSts, startStubSts } from './fixtures/stub-sts.js';
import { mfaDevice } from './mfa-device.js';
import type { MfaOptions } from './mfa-options.js';
import { createMfaPrompt } from './mfa-prompt.js';

const serialNumber = 'arn:aws:iam::123456789012:mfa/alice';
const needed = new AbortController().signal;

/** Sessions of one root, at the beginning of a 30-second step. */
function startRoot(): StubSts {
  const sts = startStubSts();
  sts.clock.set(new Date('2026-01-01T00:00:00Z'));
  return sts;
}

/** Asks for one code of the device; each call stands for another role. */
async function nextCode(sts: StubSts, token: MfaOptions['token'], signal: AbortSignal = needed): Promise<unknown> {
  return (await createMfaPrompt({ serialNumber, token }, sts.session, 'Cannot')(signal)).TokenCode;
}

/** What the display shows: another code in each step. */
function shown(clock: VirtualClock): string {
  return String(100_000 + (Math.floor(clock.now() / 30_000) % 900_000));
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('an MFA device', () => {
  it('gives a code once in its 30 seconds, and is asked again when the display changes', async () => {
    using sts = startRoot();
    sts.clock.advance(10_000);
    let asked = 0;
    const token = (): string => {
      asked++;
      return shown(sts.clock);
    };
    const first = await nextCode(sts, token);
    const second = nextCode(sts, token);
    await sts.clock.advanceAsync(19_999);
    expect(asked).toBe(2);
    await sts.clock.advanceAsync(1);
    expect(await second).not.toBe(first);
    expect(asked).toBe(3);
    expect(sts.clock.pendingTimers).toBe(0);
  });

  it('does not forget a code for another that came in between', async () => {
    using sts = startRoot();
    for (const code of ['111111', '222222']) await nextCode(sts, code);
    await expect(nextCode(sts, '111111')).rejects.toMatchObject({ code: 'ERR_BSM_MFA_REQUIRED' });
  });

  it('accepts the same code again after 30 seconds, for what is no real device', async () => {
    using sts = startRoot();
    sts.clock.advance(10_000);
    let asked = 0;
    const token = (): string => {
      asked++;
      return '123456';
    };
    await nextCode(sts, token);
    const second = nextCode(sts, token);
    await sts.clock.advanceAsync(49_999);
    expect(asked).toBe(3);
    await sts.clock.advanceAsync(1);
    expect(await second).toBe('123456');
  });

  it('is asked by one at a time, in the order in which they came', async () => {
    using sts = startRoot();
    const gates = [createGate<string>(), createGate<string>(), createGate<string>()];
    const asked: number[] = [];
    const codes = gates.map(({ promise }, index) =>
      nextCode(sts, () => {
        asked.push(index);
        return promise;
      }),
    );
    await settled();
    expect(asked).toEqual([0]);
    gates[0]!.open('111111');
    await codes[0];
    gates[1]!.fail(new Error('cancelled'));
    await expect(codes[1]).rejects.toThrow('cancelled');
    gates[2]!.open('333333');
    expect(await codes[2]).toBe('333333');
    expect(asked).toEqual([0, 1, 2]);
  });

  it('is not asked by who left the queue, but by the next', async () => {
    using sts = startRoot();
    const gate = createGate<string>();
    const asked: string[] = [];
    const tokenOf = (name: string, code: string | Promise<string>) => () => {
      asked.push(name);
      return code;
    };
    const leaving = new AbortController();
    const first = nextCode(sts, tokenOf('first', gate.promise));
    const second = nextCode(sts, tokenOf('second', '222222'), leaving.signal);
    const third = nextCode(sts, tokenOf('third', '333333'));
    leaving.abort(new Error('closed'));
    const left = expect(second).rejects.toThrow('closed');
    await settled();
    expect(asked).toEqual(['first']);
    gate.open('111111');
    expect(await Promise.all([first, third])).toEqual(['111111', '333333']);
    await left;
    expect(asked).toEqual(['first', 'third']);
  });

  it('is not blocked by a prompt that never answers', async () => {
    using sts = startRoot();
    const leaving = new AbortController();
    const hanging = nextCode(sts, () => new Promise(() => {}), leaving.signal);
    const next = nextCode(sts, () => '222222');
    await settled();
    leaving.abort(new Error('too late'));
    await expect(hanging).rejects.toThrow('too late');
    expect(await next).toBe('222222');
  });

  it('does not wait for the next code when nobody needs it', async () => {
    using sts = startRoot();
    const token = (): string => shown(sts.clock);
    await nextCode(sts, token);
    const leaving = new AbortController();
    const waiting = nextCode(sts, token, leaving.signal);
    await sts.clock.advanceAsync(1);
    expect(sts.clock.pendingTimers).toBe(1);
    leaving.abort(new Error('closed'));
    await expect(waiting).rejects.toThrow('closed');
    expect(sts.clock.pendingTimers).toBe(0);
  });

  it('keeps the process alive while a caller waits for the next code, and no longer', async () => {
    using sts = startRoot();
    const token = (): string => shown(sts.clock);
    const timers = (): number => process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
    await nextCode(sts, token);
    const before = timers();
    const waiting = nextCode(sts, token);
    await settled();
    expect(timers()).toBe(before + 1);
    await sts.clock.advanceAsync(30_000);
    await waiting;
    expect(timers()).toBe(before);
  });

  it('forgets what it saw before the clock was set back', async () => {
    using sts = startRoot();
    await nextCode(sts, '123456');
    sts.clock.set(sts.clock.now() - 3_600_000);
    expect(await nextCode(sts, '123456')).toBe('123456');
    await expect(nextCode(sts, '123456')).rejects.toMatchObject({ code: 'ERR_BSM_MFA_REQUIRED' });
  });

  it('is the same for all sessions of one root, and no other', () => {
    using sts = startRoot();
    using other = createSession({ credentials: EXAMPLE_KEYS, region: 'us-east-1' });
    const { session } = sts;
    const device = mfaDevice(session, serialNumber);
    const child = session.derive({ credentials: EXAMPLE_KEYS });
    for (const same of [session, child, child.derive({ credentials: EXAMPLE_KEYS }), session.withRegion('eu-west-1')]) {
      expect(mfaDevice(same, serialNumber)).toBe(device);
    }
    session.clearCache();
    expect(mfaDevice(session, serialNumber)).toBe(device);
    expect(mfaDevice(session, 'GAHT12345678')).not.toBe(device);
    expect(mfaDevice(other, serialNumber)).not.toBe(device);
  });
});
