import { Agent } from 'node:http';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { internalClientConfig, type Session, sessionTime } from '@bsm/core-cache';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { assumeRole } from './assume-role.js';
import { assumeRoleWithSaml, createAssumeRoleWithSaml } from './assume-role-with-saml.js';
import { assumeRoleWithWebIdentity, createAssumeRoleWithWebIdentity } from './assume-role-with-web-identity.js';
import { countConnections } from './fixtures/count-connections.js';
import { type FakeWorld, HOUR_MS, startFakeWorld } from './fixtures/fake-world.js';
import { startStubSts } from './fixtures/stub-sts.js';
import type { StsTransport } from './sts-transport.js';

const ACCOUNT = '123456789012';
const roleArn = `arn:aws:iam::${ACCOUNT}:role/federated`;
const principalArn = `arn:aws:iam::${ACCOUNT}:saml-provider/company`;
const list = new ListBucketsCommand({});

interface Way {
  readonly name: string;
  readonly operation: string;
  readonly make: (options: object) => Session;
  readonly makeBy: (sts: StsTransport, options: object) => Session;
}

const WAYS: readonly Way[] = [
  {
    name: 'assumeRoleWithWebIdentity',
    operation: 'AssumeRoleWithWebIdentity',
    make: (options) => assumeRoleWithWebIdentity({ roleArn, token: () => newToken(), ...options }),
    makeBy: (sts, options) => createAssumeRoleWithWebIdentity(sts)({ roleArn, token: 'eyJ0', ...options }),
  },
  {
    name: 'assumeRoleWithSaml',
    operation: 'AssumeRoleWithSAML',
    make: (options) => assumeRoleWithSaml({ roleArn, principalArn, assertion: () => newAssertion(), ...options }),
    makeBy: (sts, options) =>
      createAssumeRoleWithSaml(sts)({ roleArn, principalArn, assertion: () => 'PHNhbWw+', ...options }),
  },
];

let newToken: () => string;
let newAssertion: () => string;

describe.each(WAYS)('$name with a parent', ({ operation, make }) => {
  let httpAgent: Agent;
  let world: FakeWorld;
  let parent: Session;

  beforeEach(async () => {
    httpAgent = new Agent({ keepAlive: true });
    world = await startFakeWorld({ pool: { httpAgent } });
    parent = world.session;
    const oidc = world.aws.addIdentityProvider({ accountId: ACCOUNT, url: 'https://oidc.example.com/id/1' });
    const saml = world.aws.addSamlProvider({ accountId: ACCOUNT, name: 'company' });
    newToken = () => oidc.token({ sub: 'pod' });
    newAssertion = () => saml.assertion({ roles: roleArn, roleSessionName: 'alice' });
    const trusted = { Effect: 'Allow' } as const;
    world.aws.addRole({
      accountId: ACCOUNT,
      roleName: 'federated',
      trustPolicy: {
        Statement: [
          { ...trusted, Principal: { Federated: oidc.arn }, Action: 'sts:AssumeRoleWithWebIdentity' },
          { ...trusted, Principal: { Federated: saml.arn }, Action: 'sts:AssumeRoleWithSAML' },
        ],
      },
    });
  });

  afterEach(async () => {
    await world[Symbol.asyncDispose]();
    httpAgent.destroy();
  });

  it('asks STS, and all that its clients ask, over the connections of the parent', async () => {
    using connections = countConnections();
    const connect = vi.spyOn(httpAgent, 'createConnection');
    const session = make({ parent });
    await session.client(S3Client).send(list);
    await parent.client(S3Client).send(list);
    expect(world.aws.requests.map((request) => request.operation)).toEqual([operation, 'ListBuckets', 'ListBuckets']);
    expect(connect).toHaveBeenCalledTimes(1);
    expect(connections.opened()).toBe(1);
  });

  it('has region, client defaults and parent of it, and does not ask for its credentials', async () => {
    const session = make({ parent });
    expect((await session.credentials()).accountId).toBe(ACCOUNT);
    expect(session.parent).toBe(parent);
    expect(await session.region()).toBe(await parent.region());
    expect(session.clientDefaults).toBe(parent.clientDefaults);
    expect(internalClientConfig(session)['requestHandler']).toBe(internalClientConfig(parent)['requestHandler']);
    expect(world.aws.requests[0]).toMatchObject({ operation, accessKeyId: undefined });
  });

  it('is refreshed by the clock of the parent', async () => {
    const session = make({ parent });
    expect(sessionTime(session)).toBe(sessionTime(parent));
    await session.credentials();
    world.aws.clock.advance(HOUR_MS);
    await session.credentials();
    expect(world.aws.count(operation)).toBe(2);
  });

  it('can be fetched at once, and be one session only', async () => {
    const eager = make({ parent, refresh: { eager: true } });
    await vi.waitUntil(() => eager.credentials.current !== undefined);
    const once = make({ parent, autoRefresh: false });
    await once.credentials();
    world.aws.clock.advance(HOUR_MS);
    await expect(once.credentials()).rejects.toMatchObject({ code: 'ERR_BSM_CREDENTIALS_EXPIRED' });
  });

  it('counts as a role when another is assumed from it', () => {
    const chained = { roleArn, durationSeconds: 3_601 };
    expect(() => assumeRole(make({ parent }), chained)).toThrow(/"durationSeconds"/);
  });

  it('ends with the parent, which it leaves open', async () => {
    make({ parent }).close();
    await parent.client(S3Client).send(list);
    const session = make({ parent });
    const s3 = session.client(S3Client);
    await s3.send(list);
    parent.close();
    const closed = { code: 'ERR_BSM_SESSION_CLOSED' };
    await expect(session.credentials()).rejects.toMatchObject(closed);
    await expect(session.region()).rejects.toMatchObject(closed);
    await expect(s3.send(list)).rejects.toMatchObject(closed);
    expect(() => session.client(S3Client)).toThrow(expect.objectContaining(closed));
    expect(() => make({ parent })).toThrow(expect.objectContaining(closed));
  });

  it.each<[option: string, options: object]>([
    ['clientDefaults', { clientDefaults: {} }],
    ['clientCache', { clientCache: { maxSize: 1 } }],
    ['resourceCache', { resourceCache: { maxSize: 1 } }],
    ['pool', { pool: { maxSockets: 1 } }],
    ['clock', { clock: { now: () => 0 } }],
  ])('refuses %s beside it', (option, options) => {
    const refusal = { code: 'ERR_BSM_OPTION_INVALID', details: { option } };
    expect(() => make({ parent, ...options })).toThrow(expect.objectContaining(refusal));
    expect(() => make({ parent, ...options })).toThrow(/must be absent beside parent, which has it/);
    expect(() => make({ parent, [option]: undefined })).not.toThrow();
  });

  it.each([null, 7, 'dev', {}, { credentials: {}, region: 'eu-west-1' }])('refuses %o as a parent', (wrong) => {
    const refusal = { code: 'ERR_BSM_OPTION_INVALID', details: { option: 'parent' } };
    expect(() => make({ parent: wrong })).toThrow(expect.objectContaining(refusal));
  });
});

describe.each(WAYS)('the transport of $name', ({ makeBy }) => {
  it('is asked in the region of the new session, which is that of the parent unless one is given', async () => {
    using sts = startStubSts();
    const { session: parent } = sts;
    const regions = [undefined, 'eu-west-1', async () => 'cn-north-1'];
    const sessions = regions.map((region) => makeBy(sts, { parent, region }));
    for (const session of sessions) await session.credentials();
    expect(sts.calls.map(({ call }) => call.region)).toEqual(['us-east-1', 'eu-west-1', 'cn-north-1']);
    expect(sts.calls.map(({ call }) => call.session)).toEqual(sessions);
    expect(sts.calls.map(({ call }) => call.credentials)).toEqual([undefined, undefined, undefined]);
  });
});
