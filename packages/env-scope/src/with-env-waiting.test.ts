import { createSession } from '@bsm/core-cache';
import { createVirtualClock } from '@bsm/testing';
import { describe, expect, it, vi } from 'vitest';
import { bundledProgram } from './fixtures/bundled-program.js';
import { createGate, settle } from './fixtures/gate.js';
import { literalSession } from './fixtures/literal-session.js';
import { useProcessEnv } from './fixtures/process-env.js';
import { startProgram } from './fixtures/started-program.js';
import { withEnv } from './with-env.js';

useProcessEnv();
const BUSY = { code: 'ERR_BSM_ENV_SCOPE_BUSY', retryable: true };
const keyId = (): string | undefined => process.env['AWS_ACCESS_KEY_ID'];

describe('overlapping scopes', () => {
  it('run one at a time in order of arrival, also those of one session', async () => {
    const [a, b] = [literalSession('A'), literalSession('B')];
    const log: string[] = [];
    const scope = (name: string) => async (): Promise<void> => {
      log.push(`${name} begins as ${keyId()}`);
      await settle();
      log.push(`${name} ends as ${keyId()}`);
    };
    await Promise.all([withEnv(a, scope('1')), withEnv(a, scope('2')), withEnv(b, scope('3')), withEnv(a, scope('4'))]);
    const steps = ['1 A', '2 A', '3 B', '4 A'].map((step) => step.split(' '));
    expect(log).toEqual(steps.flatMap(([name, key]) => [`${name} begins as ${key}`, `${name} ends as ${key}`]));
  });

  it('keep that order when the first has to ask for its credentials', async () => {
    const gate = createGate();
    const credentials = async () => {
      await gate;
      return { accessKeyId: 'SLOW', secretAccessKey: 'secret' };
    };
    const order: (string | undefined)[] = [];
    const scopes = [createSession({ credentials, region: 'eu-west-1' }), literalSession('A')].map((session) =>
      withEnv(session, () => order.push(keyId())),
    );
    await settle();
    expect(order).toEqual([]);
    gate.open();
    await Promise.all(scopes);
    expect(order).toEqual(['SLOW', 'A']);
  });

  it('are refused by option, before anything is asked, and not the one that has the turn', async () => {
    const gate = createGate();
    const first = withEnv(literalSession('A'), () => gate, { overlap: 'refuse' });
    const credentials = vi.fn();
    const fn = vi.fn();
    const refused = withEnv(createSession({ credentials, region: 'eu-west-1' }), fn, { overlap: 'refuse' });
    await expect(refused).rejects.toMatchObject(BUSY);
    gate.open();
    await first;
    expect(credentials).not.toHaveBeenCalled();
    expect(fn).not.toHaveBeenCalled();
    expect(await withEnv(literalSession('B'), keyId, { overlap: 'refuse' })).toBe('B');
  });
});

describe('a wait', () => {
  it('ends by timeoutMs, 60 seconds by default, by the clock of the session', async () => {
    const clock = createVirtualClock();
    const gate = createGate();
    const first = withEnv(literalSession('A'), () => gate);
    const fn = vi.fn();
    const outcomes: unknown[] = [];
    const late = withEnv(literalSession('B', { clock }), fn).catch((error: unknown) => outcomes.push(error));
    clock.advance(59_999);
    await settle();
    expect(outcomes).toEqual([]);
    clock.advance(1);
    await late;
    expect(outcomes).toMatchObject([BUSY]);
    gate.open();
    await first;
    expect(fn).not.toHaveBeenCalled();
  });

  it('ends by real time too, where the clock of the session stands still', async () => {
    const gate = createGate();
    const first = withEnv(literalSession('A'), () => gate);
    const stopped = literalSession('B', { clock: createVirtualClock() });
    await expect(withEnv(stopped, () => {}, { timeoutMs: 10 })).rejects.toMatchObject(BUSY);
    gate.open();
    await first;
  });

  it('ends by its signal, with the reason, and others keep their place', async () => {
    const gate = createGate();
    const controller = new AbortController();
    const order: (string | undefined)[] = [];
    const note = (): number => order.push(keyId());
    const first = withEnv(literalSession('A'), () => gate);
    const left = withEnv(literalSession('B'), note, { signal: controller.signal });
    const last = withEnv(literalSession('C'), note);
    controller.abort(new Error('enough'));
    await expect(left).rejects.toThrow('enough');
    gate.open();
    await Promise.all([first, last]);
    expect(order).toEqual(['C']);
  });

  it('for credentials ends by the signal, and the turn goes on to the next', async () => {
    const controller = new AbortController();
    using hanging = createSession({ credentials: () => new Promise(() => {}), region: 'eu-west-1' });
    const left = withEnv(hanging, () => {}, { signal: controller.signal });
    const next = withEnv(literalSession('B'), keyId);
    controller.abort(new Error('enough'));
    await expect(left).rejects.toThrow('enough');
    expect(await next).toBe('B');
  });

  it('for a region ends by the signal before anything is changed', async () => {
    const controller = new AbortController();
    const gate = createGate();
    const fn = vi.fn();
    const region = async (): Promise<string> => {
      await gate;
      return 'eu-west-1';
    };
    const left = withEnv(literalSession('A', { region }), fn, { signal: controller.signal });
    await settle();
    controller.abort(new Error('enough'));
    gate.open();
    await expect(left).rejects.toThrow('enough');
    expect(fn).not.toHaveBeenCalled();
  });

  it('is all that a signal and timeoutMs end: never a function that runs', async () => {
    const clock = createVirtualClock();
    const controller = new AbortController();
    const gate = createGate();
    const options = { signal: controller.signal, timeoutMs: 5 };
    const running = withEnv(literalSession('A', { clock }), () => gate.then(keyId), options);
    await settle();
    clock.advance(1_000);
    controller.abort(new Error('enough'));
    await settle();
    gate.open();
    expect(await running).toBe('A');
  });
});

describe('a body that waits for what waits for it', () => {
  it.each([
    ['another scope', 'A', 'B'],
    ['a second scope of its own session', 'A', 'A'],
  ])('ends when the wait of %s ends by timeoutMs', async (_what, first, second) => {
    const clock = createVirtualClock();
    const sessions = new Map([...new Set([first, second])].map((name) => [name, literalSession(name, { clock })]));
    let begunOutside!: Promise<unknown>;
    const body = vi.fn(() => begunOutside);
    const outer = withEnv(sessions.get(first)!, body);
    begunOutside = withEnv(sessions.get(second)!, () => 'never');
    begunOutside.catch(() => {});
    await vi.waitFor(() => expect(body).toHaveBeenCalled());
    clock.advance(60_000);
    await expect(outer).rejects.toMatchObject(BUSY);
    expect(await withEnv(literalSession('C'), keyId)).toBe('C');
  });

  it('ends when it waits for work begun outside that needs a scope', async () => {
    const clock = createVirtualClock();
    const begin = createGate();
    const work = begin.then(() => withEnv(literalSession('B', { clock }), () => 'never'));
    const outer = withEnv(literalSession('A'), () => {
      begin.open();
      return work;
    });
    const refused = expect(outer).rejects.toMatchObject(BUSY);
    await settle();
    clock.advance(60_000);
    await refused;
  });

  it('ends when two inner scopes wait for each other', async () => {
    const clock = createVirtualClock();
    const session = literalSession('B', { clock });
    const outer = withEnv(literalSession('A'), async () => {
      let second!: Promise<unknown>;
      const first = withEnv(session, () => second);
      second = withEnv(session, () => 'never');
      return Promise.allSettled([first, second]);
    });
    await settle();
    clock.advance(60_000);
    expect(await outer).toMatchObject([
      { status: 'rejected', reason: BUSY },
      { status: 'rejected', reason: BUSY },
    ]);
  });

  it('ends in a process that has nothing else to do', async () => {
    await using program = await bundledProgram(`
      import { createSession } from '@bsm/core-cache';
      import { withEnv } from './with-env.js';
      const keys = { accessKeyId: 'AK', secretAccessKey: 'secret' };
      const session = createSession({ credentials: keys, region: 'eu-west-1' });
      let second;
      const first = withEnv(session, () => second);
      second = withEnv(session, () => {}, { timeoutMs: 20 });
      console.log(await first.catch((error) => error.code));
    `);
    const { lines, exitCode } = await startProgram(process.execPath, [program.file]).end;
    expect({ lines, exitCode }).toEqual({ lines: ['ERR_BSM_ENV_SCOPE_BUSY'], exitCode: 0 });
  });
});
