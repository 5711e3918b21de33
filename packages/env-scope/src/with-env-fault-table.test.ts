import { describe, expect, it } from 'vitest';
import { childEnv } from './child-env.js';
import { createGate } from './fixtures/gate.js';
import { literalSession, literalVariables } from './fixtures/literal-session.js';
import { identityVariables, useProcessEnv } from './fixtures/process-env.js';
import { withEnv } from './with-env.js';

const environment = useProcessEnv();

describe('row 34: scopes that put credentials into the environment overlap', () => {
  const [a, b] = [literalSession('A'), literalSession('B')];

  it('cannot mix them: the first may end while the second waits, and nothing stays behind', async () => {
    environment.set({ AWS_ACCESS_KEY_ID: 'o', AWS_SECRET_ACCESS_KEY: 'os', AWS_PROFILE: 'p' });
    const before = identityVariables();
    const [endOfA, endOfB] = [createGate(), createGate()];
    const seen: unknown[] = [];
    const note = (): number => seen.push(identityVariables());
    const scopes = [withEnv(a, () => endOfA.then(note)), withEnv(b, () => endOfB.then(note))];
    endOfB.open();
    endOfA.open();
    await Promise.all(scopes);
    expect(seen).toEqual([literalVariables('A'), literalVariables('B')]);
    expect(identityVariables()).toEqual(before);
  });

  it('can be refused instead', async () => {
    const gate = createGate();
    const first = withEnv(a, () => gate);
    await expect(withEnv(b, () => {}, { overlap: 'refuse' })).rejects.toMatchObject({ code: 'ERR_BSM_ENV_SCOPE_BUSY' });
    gate.open();
    await first;
  });

  it('do not arise where each child gets an environment of its own', async () => {
    const [envOfA, envOfB] = await Promise.all([childEnv(a), childEnv(b)]);
    expect(identityVariables(envOfA)).toEqual(literalVariables('A'));
    expect(identityVariables(envOfB)).toEqual(literalVariables('B'));
    expect(identityVariables()).toEqual({});
  });
});
