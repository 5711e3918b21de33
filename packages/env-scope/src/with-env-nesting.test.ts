import { describe, expect, it } from 'vitest';
import { childEnv } from './child-env.js';
import { createGate, settle } from './fixtures/gate.js';
import { literalSession, literalVariables } from './fixtures/literal-session.js';
import { identityVariables, useProcessEnv } from './fixtures/process-env.js';
import { createSeededRandom } from './fixtures/seeded-random.js';
import { run } from './run.js';
import { withEnv } from './with-env.js';

const environment = useProcessEnv();
const keyId = (): string | undefined => process.env['AWS_ACCESS_KEY_ID'];
const [a, b, c] = ['A', 'B', 'C'].map((name) => literalSession(name)) as [
  ReturnType<typeof literalSession>,
  ReturnType<typeof literalSession>,
  ReturnType<typeof literalSession>,
];

describe('a scope begun inside another', () => {
  it('nests, also after await and of the same session, and each puts back what it found', async () => {
    environment.set({ AWS_ACCESS_KEY_ID: 'o', AWS_SECRET_ACCESS_KEY: 'os' });
    const seen: (string | undefined)[] = [];
    await withEnv(a, async () => {
      seen.push(keyId());
      await settle();
      await withEnv(b, async () => {
        seen.push(keyId());
        await withEnv(b, () => seen.push(keyId()));
        await withEnv(a, () => seen.push(keyId()));
        seen.push(keyId());
      });
      seen.push(keyId());
    });
    expect([...seen, keyId()]).toEqual(['A', 'B', 'B', 'A', 'B', 'A', 'o']);
  });

  it('nests when it is begun deep below, by a timer that was not awaited', async () => {
    const seen = await withEnv(a, async () => {
      let inner!: Promise<unknown>;
      await new Promise<void>((resolve) => {
        setTimeout(() => {
          inner = withEnv(b, keyId);
          resolve();
        }, 1);
      });
      return [await inner, keyId()];
    });
    expect(seen).toEqual(['B', 'A']);
  });

  it('puts back what the outer one has, also when it fails', async () => {
    const failing = (): never => {
      throw new Error('of the body');
    };
    const seen = await withEnv(a, async () => {
      await expect(withEnv(b, failing)).rejects.toThrow('of the body');
      return identityVariables();
    });
    expect(seen).toEqual(literalVariables('A'));
  });

  it('takes its turn among its siblings', async () => {
    const log: string[] = [];
    const scope = (name: string) => async (): Promise<void> => {
      log.push(`${name} ${keyId()}`);
      await settle();
      log.push(`${name} ${keyId()}`);
    };
    await withEnv(a, () => Promise.all([withEnv(b, scope('1')), withEnv(c, scope('2')), withEnv(b, scope('3'))]));
    expect(log).toEqual(['1 B', '1 B', '2 C', '2 C', '3 B', '3 B']);
  });

  it('runs before a scope that waits outside', async () => {
    const log: (string | undefined)[] = [];
    const outer = withEnv(a, async () => {
      await settle();
      await withEnv(b, () => log.push(keyId()));
    });
    const outside = withEnv(c, () => log.push(keyId()));
    await Promise.all([outer, outside]);
    expect(log).toEqual(['B', 'C']);
  });

  it('is refused by option while a sibling is open, and not because of the outer one', async () => {
    await withEnv(a, async () => {
      const gate = createGate();
      const first = withEnv(b, () => gate, { overlap: 'refuse' });
      await expect(withEnv(c, keyId, { overlap: 'refuse' })).rejects.toMatchObject({ code: 'ERR_BSM_ENV_SCOPE_BUSY' });
      gate.open();
      await first;
    });
    expect(await withEnv(c, keyId, { overlap: 'refuse' })).toBe('C');
  });
});

describe('a scope whose body does not wait for inner ones', () => {
  it('ends after all of them, those that wait and those that they begin too', async () => {
    const log: string[] = [];
    const gate = createGate();
    let isSettled = false;
    const outer = withEnv(a, () => {
      void withEnv(b, async () => {
        await gate;
        void withEnv(c, async () => {
          await settle();
          log.push(`innermost ${keyId()}`);
        });
        log.push(`first ${keyId()}`);
      });
      void withEnv(c, () => log.push(`second ${keyId()}`));
      return 'result';
    }).finally(() => {
      isSettled = true;
    });
    await settle();
    expect(isSettled).toBe(false);
    gate.open();
    expect(await outer).toBe('result');
    expect(log).toEqual(['first B', 'innermost C', 'second C']);
    expect(identityVariables()).toEqual({});
  });

  it('is not failed by them, and their failure is for who has their promise', async () => {
    let inner!: Promise<unknown>;
    const outer = withEnv(a, () => {
      inner = withEnv(b, () => Promise.reject(new Error('of the inner body')));
      inner.catch(() => {});
    });
    await expect(outer).resolves.toBeUndefined();
    await expect(inner).rejects.toThrow('of the inner body');
  });

  it('keeps the turn until then', async () => {
    const gate = createGate();
    const order: string[] = [];
    const outer = withEnv(a, () => void withEnv(b, () => gate).then(() => order.push('inner')));
    const outside = withEnv(c, () => order.push('outside'));
    await settle();
    gate.open();
    await Promise.all([outer, outside]);
    expect(order).toEqual(['inner', 'outside']);
  });
});

describe('work that outlives its scope', () => {
  it('begins scopes of the outer one that is still open', async () => {
    const log: (string | undefined)[] = [];
    await withEnv(a, async () => {
      const gate = createGate();
      let late!: Promise<unknown>;
      await withEnv(b, () => {
        late = gate.then(() => withEnv(c, keyId));
      });
      gate.open();
      log.push((await late) as string, keyId());
    });
    expect(log).toEqual(['C', 'A']);
  });

  it('begins scopes of the process when all are closed, which wait for their turn', async () => {
    const log: string[] = [];
    const [goOn, other] = [createGate(), createGate()];
    let late!: Promise<unknown>;
    const begin = (): void => {
      late = goOn.then(() => withEnv(c, () => log.push(`late ${keyId()}`)));
    };
    await withEnv(a, () => withEnv(b, begin));
    const open = withEnv(b, async () => {
      goOn.open();
      await other;
      log.push(`open ${keyId()}`);
    });
    await settle();
    other.open();
    await Promise.all([open, late]);
    expect(log).toEqual(['open B', 'late C']);
  });

  it('takes its turn among the scopes of the outer one that is still open', async () => {
    const log: string[] = [];
    await withEnv(a, async () => {
      const [goOn, other] = [createGate(), createGate()];
      let late!: Promise<unknown>;
      await withEnv(b, () => {
        late = goOn.then(() => withEnv(c, () => log.push(`late ${keyId()}`)));
      });
      const open = withEnv(b, async () => {
        goOn.open();
        await other;
        log.push(`open ${keyId()}`);
      });
      await settle();
      other.open();
      await Promise.all([open, late]);
    });
    expect(log).toEqual(['open B', 'late C']);
  });
});

describe('the endpoint of an outer session', () => {
  const local = literalSession('L', { clientDefaults: { endpoint: 'http://127.0.0.1:2' } });
  const other = literalSession('M', { clientDefaults: { endpoint: 'http://127.0.0.1:3' } });
  const endpoint = (): string | undefined => process.env['AWS_ENDPOINT_URL'];

  it.each([undefined, 'http://127.0.0.1:1'])(
    'is not that of an inner one, which finds %s as before',
    async (before) => {
      if (before !== undefined) environment.set({ AWS_ENDPOINT_URL: before });
      const seen = await withEnv(local, async () => [
        endpoint(),
        await withEnv(a, async () => [endpoint(), await withEnv(other, endpoint), endpoint()]),
        endpoint(),
      ]);
      const own = 'http://127.0.0.1:2';
      expect(seen).toEqual([own, [before, 'http://127.0.0.1:3', before], own]);
      expect(endpoint()).toBe(before);
    },
  );

  it.each([undefined, 'http://127.0.0.1:1'])('is not that of a child of another session: %s', async (before) => {
    if (before !== undefined) environment.set({ AWS_ENDPOINT_URL: before });
    const gate = createGate();
    const open = withEnv(local, () => gate);
    await settle();
    expect(endpoint()).toBe('http://127.0.0.1:2');
    expect((await childEnv(a))['AWS_ENDPOINT_URL']).toBe(before);
    expect((await childEnv(other))['AWS_ENDPOINT_URL']).toBe('http://127.0.0.1:3');
    for (const mode of ['env', 'endpoint'] as const) {
      const code = 'process.stdout.write(String(process.env.AWS_ENDPOINT_URL))';
      const { stdout } = await run(a, process.execPath, ['-e', code], { mode, stdio: 'pipe' });
      expect(stdout).toBe(String(before));
    }
    gate.open();
    await open;
    expect((await childEnv(a))['AWS_ENDPOINT_URL']).toBe(before);
  });
});

it('keeps every identity apart in random trees of scopes', async () => {
  const random = createSeededRandom(7);
  const sessions = Array.from({ length: 6 }, (_, index) => literalSession(`S${index}`));
  let [open, wrong, scopes] = [0, 0, 0];

  async function grow(depth: number): Promise<void> {
    const index = Math.floor(random() * sessions.length);
    await withEnv(sessions[index]!, async () => {
      scopes++;
      open++;
      const level = open;
      const check = (): void => {
        if (keyId() !== `S${index}` || open !== level) wrong++;
      };
      check();
      for (let turn = random(); turn < 0.6; turn = random()) {
        await settle();
        check();
      }
      const children = depth === 0 ? 0 : Math.floor(random() * 3);
      const inner = Array.from({ length: children }, () => grow(depth - 1));
      if (random() < 0.5) {
        await Promise.all(inner);
        check();
      }
      // Inner scopes that were begun but not awaited come after this one has said goodbye.
      open--;
    });
  }
  await Promise.all(Array.from({ length: 60 }, () => grow(3)));
  expect(scopes).toBeGreaterThan(150);
  expect({ open, wrong }).toEqual({ open: 0, wrong: 0 });
});
