import { describe, expect, it } from 'vitest';
import { createSharedCall } from './shared-call.js';

describe('createSharedCall', () => {
  it('calls once for all and keeps the result', async () => {
    const { calls, shared } = recorder();
    const all = Promise.all([shared(), shared(new AbortController().signal), shared()]);
    calls[0]?.resolve('one');

    expect(await all).toEqual(['one', 'one', 'one']);
    expect(await shared()).toBe('one');
    expect(calls).toHaveLength(1);
  });

  it('gives a failure to all who wait and tries again for the next', async () => {
    const { calls, shared } = recorder();
    const waiting = Promise.allSettled([shared(), shared()]);
    calls[0]?.reject(new Error('down'));

    expect(await waiting).toEqual([failure('down'), failure('down')]);
    const again = shared();
    calls[1]?.resolve('two');
    expect(await again).toBe('two');
  });

  it('lets one caller leave while the call goes on for the others', async () => {
    const { calls, shared } = recorder();
    const impatient = new AbortController();
    const [left, stayed] = [shared(impatient.signal), shared()];
    impatient.abort(new Error('too slow'));

    await expect(left).rejects.toThrow('too slow');
    expect(calls[0]?.signal.aborted).toBe(false);
    calls[0]?.resolve('one');
    expect(await stayed).toBe('one');
  });

  it('aborts and forgets the call when the last caller has left', async () => {
    const { calls, shared } = recorder();
    const [first, second] = [new AbortController(), new AbortController()];
    const both = Promise.allSettled([shared(first.signal), shared(second.signal)]);
    first.abort(new Error('first'));
    expect(calls[0]?.signal.aborted).toBe(false);
    second.abort(new Error('second'));

    expect(await both).toEqual([failure('first'), failure('second')]);
    expect(calls[0]?.signal.aborted).toBe(true);
    const later = shared();
    calls[1]?.resolve('two');
    // The abandoned call fails late: nobody hears of it and the new result stays.
    calls[0]?.reject(new Error('late'));
    expect(await later).toBe('two');
    expect(await shared()).toBe('two');
    expect(calls).toHaveLength(2);
  });

  it('starts nothing for a caller that is already aborted', async () => {
    const { calls, shared } = recorder();

    await expect(shared(AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone');
    expect(calls).toHaveLength(0);
  });

  it('lets go of the signal when the call has ended', async () => {
    const { calls, shared } = recorder();
    const controller = new AbortController();
    const answer = shared(controller.signal);
    calls[0]?.resolve('one');
    await answer;
    controller.abort();

    expect(calls[0]?.signal.aborted).toBe(false);
    expect(await shared()).toBe('one');
    expect(calls).toHaveLength(1);
  });
});

interface Recorded {
  readonly signal: AbortSignal;
  resolve(value: string): void;
  reject(error: Error): void;
}

function recorder(): { calls: Recorded[]; shared: (signal?: AbortSignal) => Promise<string> } {
  const calls: Recorded[] = [];
  const shared = createSharedCall(
    (signal) => new Promise<string>((resolve, reject) => calls.push({ signal, resolve, reject })),
  );
  return { calls, shared };
}

function failure(message: string): object {
  return { status: 'rejected', reason: expect.objectContaining({ message }) };
}
