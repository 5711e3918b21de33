import { createSession, type Session } from '@bsm/core-cache';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { childEnv } from './child-env.js';
import { createGate, type Gate, settle } from './fixtures/gate.js';
import { literalSession, literalVariables } from './fixtures/literal-session.js';
import { identityVariables, useProcessEnv } from './fixtures/process-env.js';
import { withSharedFile } from './fixtures/shared-files.js';
import { withEnv } from './with-env.js';

const environment = useProcessEnv();
const OWN = { region: 'us-east-2', aws_access_key_id: 'OWN', aws_secret_access_key: 'SECRET' };

/** A scope of session A that is open for the whole test, and is ended at its end. */
function openScope(): { begin(): Promise<void> } {
  let gate: Gate;
  let scope: Promise<unknown> | undefined;
  beforeEach(() => {
    gate = createGate();
    scope = undefined;
  });
  afterEach(async () => {
    gate.open();
    await scope;
  });
  return {
    begin: () =>
      new Promise((resolve) => {
        scope = withEnv(literalSession('A'), () => {
          resolve();
          return gate;
        });
      }),
  };
}

async function identityOf(session: Session): Promise<[keyId: string, region: string]> {
  return [(await session.credentials()).accessKeyId, await session.region()];
}

describe('code outside of an open scope', () => {
  const open = openScope();

  it('sees the credentials of the scope in process.env', async () => {
    await open.begin();
    await new Promise((resolve) => setTimeout(resolve));
    expect(identityVariables()).toEqual(literalVariables('A'));
  });

  it('is not concerned when it starts a child with childEnv', async () => {
    environment.set({ SOME_VARIABLE: 'kept' });
    await open.begin();
    const env = await childEnv(literalSession('B'));
    expect(identityVariables(env)).toEqual(literalVariables('B'));
    expect(env['SOME_VARIABLE']).toBe('kept');
  });

  it('keeps the identity of a default chain that was resolved before', async () => {
    await withSharedFile({ default: OWN }, async (path) => {
      environment.set({ AWS_CONFIG_FILE: path });
      const session = createSession();
      await identityOf(session);
      await open.begin();
      expect(await identityOf(session)).toEqual(['OWN', 'us-east-2']);
    });
  });

  it('takes the identity of the scope for good when it uses a default chain for the first time', async () => {
    const session = createSession();
    await open.begin();
    expect(await identityOf(session)).toEqual(['A', 'eu-west-1']);
  });
});

describe('a scope of a default chain', () => {
  const keys = (): unknown => identityVariables();
  const own = {
    AWS_ACCESS_KEY_ID: 'OWN',
    AWS_SECRET_ACCESS_KEY: 'SECRET',
    AWS_REGION: 'us-east-2',
    AWS_DEFAULT_REGION: 'us-east-2',
  };

  it.each([
    ['is open', true],
    ['is begun at the same moment', false],
  ])('never takes the identity of one that %s: it is resolved when its turn has come', async (_what, isOpen) => {
    await withSharedFile({ default: OWN }, async (path) => {
      environment.set({ AWS_CONFIG_FILE: path });
      const gate = createGate();
      const first = withEnv(literalSession('A'), () => gate);
      if (isOpen) await settle();
      const second = withEnv(createSession(), keys);
      const third = withEnv(literalSession('C'), keys);
      await settle();
      gate.open();
      await first;
      expect(await second).toEqual(own);
      expect(await third).toEqual(literalVariables('C'));
    });
  });

  it('is not joined by a later one while it is resolved', async () => {
    await withSharedFile({ default: OWN }, async (path) => {
      environment.set({ AWS_CONFIG_FILE: path });
      const seen = await Promise.all([withEnv(createSession(), keys), withEnv(literalSession('B'), keys)]);
      expect(seen).toEqual([own, literalVariables('B')]);
    });
  });

  it('is that of the outer scope when it is first used inside: resolve it before', async () => {
    await withSharedFile({ default: OWN }, async (path) => {
      environment.set({ AWS_CONFIG_FILE: path });
      const [resolved, fresh] = [createSession(), createSession()];
      await identityOf(resolved);
      const seen = await withEnv(literalSession('A'), async () => [
        await withEnv(resolved, keys),
        await withEnv(fresh, keys),
      ]);
      expect(seen).toEqual([own, literalVariables('A')]);
    });
  });
});
