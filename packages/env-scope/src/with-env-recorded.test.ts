import { createSession, type Session } from '@bsm/core-cache';
import { describe, expect, it } from 'vitest';
import { createGate } from './fixtures/gate.js';
import { literalSession } from './fixtures/literal-session.js';
import { identityVariables, useProcessEnv } from './fixtures/process-env.js';
import recorded from './fixtures/recorded-env-scopes.json' with { type: 'json' };
import { withSharedFile } from './fixtures/shared-files.js';
import { withEnv } from './with-env.js';

// What `awscli()` of boto_session_manager 2.0.1 did, recorded from runs of it.

type Variables = Record<string, string>;

interface Manager {
  readonly aws_access_key_id?: string;
  readonly aws_secret_access_key?: string;
  readonly aws_session_token?: string;
  readonly region_name?: string;
  readonly profile_name?: string | null;
}

interface RecordedCase {
  readonly name: string;
  readonly before: Variables;
  readonly manager: Manager;
  readonly inside: Variables;
  readonly status: string;
}

const cases = recorded.cases as unknown as readonly RecordedCase[];
const environment = useProcessEnv();

function sessionOf(manager: Manager): Session {
  const { aws_access_key_id: accessKeyId, aws_secret_access_key: secretAccessKey = '' } = manager;
  const sessionToken = manager.aws_session_token;
  const keys = { secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) };
  return createSession({
    profile: manager.profile_name ?? undefined,
    region: manager.region_name,
    credentials: accessKeyId === undefined ? undefined : { accessKeyId, ...keys },
  });
}

/** What is seen in a scope of the case's session, which finds the recorded profiles; afterwards all is as before. */
function seenInside({ before, manager }: RecordedCase, profile?: string): Promise<unknown> {
  return withSharedFile(recorded.profiles as unknown as Record<string, Variables>, async (path) => {
    environment.set({ ...before, AWS_CONFIG_FILE: path });
    const outside = { ...process.env };
    const seen = await withEnv(sessionOf(manager), () => identityVariables(), { profile });
    expect(process.env).toEqual(outside);
    return seen;
  });
}

/** Both region variables are set, where Python sets one: boto3 reads only the other. */
function withBothRegions(variables: Variables): Variables {
  const { AWS_REGION: region } = variables;
  return region === undefined ? variables : { ...variables, AWS_DEFAULT_REGION: region };
}

/** Keys are handed on that the session resolved, where Python names the profile. */
const RESOLVED: Readonly<Record<string, Variables>> = {
  p1: { AWS_ACCESS_KEY_ID: 'AKP1', AWS_SECRET_ACCESS_KEY: 'SKP1' },
  oldp: { AWS_ACCESS_KEY_ID: 'AKOLD', AWS_SECRET_ACCESS_KEY: 'SKOLD' },
};

/** The session of a profile without a region takes that of `AWS_REGION`, which boto3 does not read. */
function withRegionOfSession(variables: Variables, before: Variables): Variables {
  return before['AWS_REGION'] ? { AWS_REGION: before['AWS_REGION'], ...variables } : variables;
}

const matching = cases.filter(({ status }) => status === 'match');
const ofProfiles = matching.filter(({ manager }) => manager.profile_name);

describe('as Python, but for both region variables', () => {
  it.each(matching.filter((recordedCase) => !ofProfiles.includes(recordedCase)))('$name', async (recordedCase) => {
    expect(await seenInside(recordedCase)).toEqual(withBothRegions(recordedCase.inside));
  });
});

describe.each(ofProfiles)('as Python, but for both region variables: $name', (recordedCase) => {
  const { before, inside } = recordedCase;
  const { AWS_PROFILE: profile = '', ...rest } = inside;

  it('and for resolved keys instead of the profile', async () => {
    const expected = withBothRegions(withRegionOfSession(rest, before));
    expect(await seenInside(recordedCase)).toEqual({ ...expected, ...RESOLVED[profile] });
  });

  it('when the profile is handed on', async () => {
    expect(await seenInside(recordedCase, profile)).toEqual(withBothRegions(withRegionOfSession(inside, before)));
  });
});

describe('mended', () => {
  const keys = { AWS_ACCESS_KEY_ID: 'AK', AWS_SECRET_ACCESS_KEY: 'SK', AWS_REGION: 'eu-west-1' };
  const mended = [
    "empty session token is exported as ''",
    'other credential vars leak through',
    'profile_name=None with explicit keys: NO identity injected',
  ];

  it('are all faults that were recorded', () => {
    expect(cases.filter(({ status }) => status === 'upstream-bug').map(({ name }) => name)).toEqual(mended);
    expect(matching).toHaveLength(cases.length - mended.length);
  });

  it.each(mended)('%s', async (name) => {
    const recordedCase = cases.find((one) => one.name === name)!;
    const seen = await seenInside(recordedCase);
    expect(seen).toEqual(withBothRegions(keys));
    expect(seen).not.toEqual(withBothRegions(recordedCase.inside));
  });
});

describe('what the body changes', () => {
  it('is undone for the variables of the session and stays for others, as in Python', async () => {
    environment.set({ AWS_REGION: recorded.bodyChanges.managedVarChangedInBodyIsRestored });
    await withEnv(literalSession('AK'), () => {
      process.env['AWS_REGION'] = 'changed';
      process.env['OTHER_VARIABLE'] = recorded.bodyChanges.unmanagedVarChangedInBodySurvives;
    });
    expect(process.env).toMatchObject({ AWS_REGION: 'keep', OTHER_VARIABLE: 'inbody' });
    environment.set({});
  });
});

describe('nesting', () => {
  const { before, lifo, nonLifo } = recorded.nesting;
  const session = (key: string, region: string): Session =>
    createSession({ credentials: { accessKeyId: `AK${key}`, secretAccessKey: `SK${key}` }, region });
  const [s1, s2] = [session('', 'eu-west-1'), session('2', 'us-west-2')];

  it('in order is as in Python, but for both region variables', async () => {
    environment.set(before);
    const [inner, outerAfterInner] = await withEnv(s1, async () => [
      await withEnv(s2, () => identityVariables()),
      identityVariables(),
    ]);
    expect(inner).toEqual(withBothRegions(lifo.inner));
    expect(outerAfterInner).toEqual(withBothRegions(lifo.outerAfterInner));
    expect(identityVariables()).toEqual(before);
  });

  it('out of order cannot happen: the second scope waits, and no keys stay behind', async () => {
    environment.set(before);
    const [exit1, exit2] = [createGate(), createGate()];
    const first = withEnv(s1, () => exit1);
    const second = withEnv(s2, () => exit2.then(() => identityVariables()));
    exit1.open();
    await first;
    exit2.open();
    expect(await second).toEqual(withBothRegions(lifo.inner));
    expect(identityVariables()).toEqual(before);
    expect(identityVariables()).not.toEqual(nonLifo.finalEnv);
  });
});
