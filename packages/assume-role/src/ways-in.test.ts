import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { STSClient } from '@aws-sdk/client-sts';
import { createSession, type Session } from '@bsm/core-cache';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeWorld, HOUR_MS, startFakeWorld } from './fixtures/fake-world.js';
import {
  assumeRole,
  assumeRoleChain,
  assumeRoleWithSaml,
  assumeRoleWithWebIdentity,
  fromAssumeRole,
  getSessionToken,
} from './index.js';

const ACCOUNT = '123456789012';
const FEDERATED_ROLE = `arn:aws:iam::${ACCOUNT}:role/federated`;

let world: FakeWorld;
let folder: string;
let tokenFile: string;
let newToken: () => string;
let newAssertion: () => string;
let samlProvider: string;

beforeEach(async () => {
  world = await startFakeWorld();
  const oidc = world.aws.addIdentityProvider({ accountId: ACCOUNT, url: 'https://oidc.example.com/id/1' });
  const saml = world.aws.addSamlProvider({ accountId: ACCOUNT, name: 'company' });
  samlProvider = saml.arn;
  newToken = () => oidc.token({ sub: 'pod', expiresInMs: 4 * HOUR_MS });
  newAssertion = () => saml.assertion({ roles: FEDERATED_ROLE, roleSessionName: 'alice' });
  world.aws.addRole({
    accountId: ACCOUNT,
    roleName: 'federated',
    trustPolicy: {
      Statement: [
        { Effect: 'Allow', Principal: { Federated: oidc.arn }, Action: 'sts:AssumeRoleWithWebIdentity' },
        { Effect: 'Allow', Principal: { Federated: saml.arn }, Action: 'sts:AssumeRoleWithSAML' },
      ],
    },
  });
  folder = await mkdtemp(join(tmpdir(), 'ways-in-'));
  tokenFile = join(folder, 'token');
  await writeFile(tokenFile, newToken());
});

afterEach(async () => {
  await world[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

interface Way {
  readonly make: (options?: { autoRefresh?: boolean }) => Session;
  /** Calls that brought its credentials. */
  readonly calls: () => number;
}

/** What sessions without a source need to be told. */
const rootOptions = () => ({
  region: 'eu-west-1',
  clock: world.aws.clock,
  clientDefaults: { endpoint: world.aws.endpoint },
});

/** AssumeRole calls for one role. */
function callsFor(roleArn: string): number {
  return world.aws.requests.filter(({ params }) => params['RoleArn'] === roleArn).length;
}

const federated = (): number => callsFor(FEDERATED_ROLE);

const WAYS: Record<string, () => Way> = {
  assumeRole: () => {
    const { arn } = world.addRole('deploy');
    return { make: (options) => assumeRole(world.session, { roleArn: arn, ...options }), calls: () => callsFor(arn) };
  },
  assumeRoleChain: () => {
    const hub = world.addRole('hub');
    const leaf = world.addRole('leaf', { principals: hub.arn });
    return {
      make: (options) => assumeRoleChain(world.session, [{ roleArn: hub.arn }, { roleArn: leaf.arn, ...options }]),
      calls: () => callsFor(leaf.arn),
    };
  },
  'a session of fromAssumeRole': () => {
    const { arn } = world.addRole('deploy');
    return {
      make: (options) =>
        createSession({
          ...rootOptions(),
          credentials: fromAssumeRole({ source: world.session, roleArn: arn, ...options }),
        }),
      calls: () => callsFor(arn),
    };
  },
  'a web identity, its token as text': () => ({
    make: (options) =>
      assumeRoleWithWebIdentity({ ...rootOptions(), roleArn: FEDERATED_ROLE, token: newToken(), ...options }),
    calls: federated,
  }),
  'a web identity, its token from a function': () => ({
    make: (options) =>
      assumeRoleWithWebIdentity({ ...rootOptions(), roleArn: FEDERATED_ROLE, token: newToken, ...options }),
    calls: federated,
  }),
  'a web identity, its token from a file': () => ({
    make: (options) => assumeRoleWithWebIdentity({ ...rootOptions(), roleArn: FEDERATED_ROLE, tokenFile, ...options }),
    calls: federated,
  }),
  SAML: () => ({
    make: (options) =>
      assumeRoleWithSaml({
        ...rootOptions(),
        roleArn: FEDERATED_ROLE,
        principalArn: samlProvider,
        assertion: async () => newAssertion(),
        ...options,
      }),
    calls: federated,
  }),
  'a session token with MFA': () => {
    const { serialNumber, code } = world.alice.mfaDevice!;
    return {
      make: (options) =>
        getSessionToken(world.session, { durationSeconds: 3_600, mfa: { serialNumber, token: code }, ...options }),
      calls: () => world.aws.count('GetSessionToken'),
    };
  },
};

/** A function of the user's own: it has no `autoRefresh`, since it decides that itself. */
function customWay(): Way {
  const role = world.addRole('custom');
  let calls = 0;
  const credentials = async () => {
    calls++;
    return world.aws.clientConfig(role).credentials;
  };
  return { make: () => createSession({ ...rootOptions(), credentials }), calls: () => calls };
}

describe('each way into a session', () => {
  it.each([...Object.entries(WAYS), ['a custom function', customWay] as const])(
    '%s: one call a lifetime for all clients, and another role can be assumed from it',
    async (_, prepare) => {
      const { make, calls } = prepare();
      using session = make();
      const next = world.addRole('next', {
        accountId: '444455556666',
        principals: ['111122223333', ACCOUNT, '444455556666'],
      });
      const child = assumeRole(session, { roleArn: next.arn });
      const clients = Array.from({ length: 10 }, () => new STSClient(world.plain(session)));
      expect(world.aws.requests).toHaveLength(0);
      for (let lifetimes = 1; lifetimes <= 3; lifetimes++) {
        await Promise.all([child.credentials(), ...clients.map(({ config }) => config.credentials())]);
        expect([calls(), callsFor(next.arn)]).toEqual([lifetimes, lifetimes]);
        expect(session.isExpired()).toBe(false);
        world.aws.clock.advance(HOUR_MS);
      }
      expect(world.aws.requests.every(({ status }) => status === 200)).toBe(true);
      for (const client of clients) client.destroy();
    },
  );

  it.each(Object.entries(WAYS))('%s, with autoRefresh: false: once and never again', async (_, prepare) => {
    const { make, calls } = prepare();
    using session = make({ autoRefresh: false });
    const { accessKeyId } = await session.credentials();
    world.aws.clock.advance(HOUR_MS - 1);
    expect((await session.credentials()).accessKeyId).toBe(accessKeyId);
    world.aws.clock.advance(1);
    await expect(session.credentials()).rejects.toMatchObject({ code: 'ERR_BSM_CREDENTIALS_EXPIRED' });
    expect(calls()).toBe(1);
  });

  it('the refresh of a parent is visible to all its children', async () => {
    const hub = world.addRole('hub');
    const leaves = ['one', 'other'].map((name) => world.addRole(name, { principals: hub.arn }));
    const parent = assumeRole(world.session, { roleArn: hub.arn });
    const children = leaves.map(({ arn }) => assumeRole(parent, { roleArn: arn }));
    await Promise.all(children.map((child) => child.credentials()));
    const { accessKeyId: first } = await parent.credentials();
    const { accessKeyId: renewed } = await parent.credentials.refresh();
    await Promise.all(children.map((child) => child.credentials.refresh()));
    for (const { arn } of leaves) {
      const signedWith = world.aws.requests.filter(({ params }) => params['RoleArn'] === arn);
      expect(signedWith.map(({ accessKeyId }) => accessKeyId)).toEqual([first, renewed]);
    }
    expect(callsFor(hub.arn)).toBe(2);
  });
});
