import { Agent } from 'node:http';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { sessionTime } from '@bsm/core-cache';
import { type FakeAws, startFakeAws } from '@bsm/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SessionManager } from '../index.js';

const accountId = '444455556666';
const roleArn = `arn:aws:iam::${accountId}:role/federated`;
const list = new ListBucketsCommand({});

class Team extends SessionManager {
  get team(): string {
    return 'web';
  }
}

let newToken: () => string;
let newAssertion: () => string;
let principalArn: string;

describe.each([
  {
    method: 'assumeRoleWithWebIdentity' as const,
    operation: 'AssumeRoleWithWebIdentity',
    proof: () => ({ token: newToken }),
  },
  {
    method: 'assumeRoleWithSaml' as const,
    operation: 'AssumeRoleWithSAML',
    proof: () => ({ principalArn, assertion: newAssertion }),
  },
])('SessionManager.$method', ({ method, operation, proof }) => {
  let aws: FakeAws;
  let httpAgent: Agent;
  let manager: Team;
  const assume = (options: object = {}): Team => manager[method]({ roleArn, ...proof(), ...options } as never);

  beforeEach(async () => {
    aws = await startFakeAws();
    const oidc = aws.addIdentityProvider({ accountId, url: 'https://oidc.example.com/id/1' });
    const saml = aws.addSamlProvider({ accountId, name: 'company' });
    newToken = () => oidc.token({ sub: 'system:serviceaccount:app:web' });
    newAssertion = () => saml.assertion({ roles: roleArn, roleSessionName: 'alice' });
    principalArn = saml.arn;
    const allow = { Effect: 'Allow' } as const;
    aws.addRole({
      accountId,
      roleName: 'federated',
      trustPolicy: {
        Statement: [
          { ...allow, Principal: { Federated: oidc.arn }, Action: 'sts:AssumeRoleWithWebIdentity' },
          { ...allow, Principal: { Federated: saml.arn }, Action: 'sts:AssumeRoleWithSAML' },
        ],
      },
    });
    httpAgent = new Agent({ keepAlive: true });
    // No credentials: none are needed.
    const clientDefaults = { endpoint: aws.endpoint, maxAttempts: 1 };
    manager = new Team({ region: 'eu-central-1', clientDefaults, clock: aws.clock, pool: { httpAgent } });
  });

  afterEach(async () => {
    manager.close();
    httpAgent.destroy();
    await aws.close();
  });

  it('gives a manager of its class with its region, defaults, clock and itself as the parent', async () => {
    const role = assume();
    expect(role.team).toBe('web');
    expect(await role.accountId()).toBe(accountId);
    expect(await role.region()).toBe('eu-central-1');
    expect(role.clientDefaults).toBe(manager.clientDefaults);
    expect(sessionTime(role)).toBe(sessionTime(manager));
    expect(role.parent).toBe(manager);
    expect(role.withRegion('eu-west-1').parent).toBe(manager);
    expect(await assume({ region: 'eu-west-1' }).region()).toBe('eu-west-1');
    expect(
      await manager
        .withRegion('us-west-2')
        [method]({ roleArn, ...proof() } as never)
        .region(),
    ).toBe('us-west-2');
  });

  it('asks STS and S3 through the agent of its pool', async () => {
    const connect = vi.spyOn(httpAgent, 'createConnection');
    await assume().client(S3Client).send(list);
    expect(aws.requests.map((request) => request.operation)).toEqual([operation, 'ListBuckets']);
    expect(connect).toHaveBeenCalledTimes(1);
  });

  it('is refreshed by its clock', async () => {
    const role = assume();
    await role.credentials();
    expect(role.isExpired()).toBe(false);
    aws.clock.advance(3_600_000);
    expect(role.isExpired()).toBe(true);
    await role.credentials();
    expect(aws.count(operation)).toBe(2);
  });

  it('ends with the manager', async () => {
    const role = assume();
    await role.client(S3Client).send(list);
    manager.close();
    const closed = { code: 'ERR_BSM_SESSION_CLOSED' };
    await expect(role.credentials()).rejects.toMatchObject(closed);
    expect(() => role.client(S3Client)).toThrow(expect.objectContaining(closed));
    expect(() => assume()).toThrow(expect.objectContaining(closed));
  });

  it.each<[option: string, options: object]>([
    ['parent', { parent: new SessionManager({ region: 'eu-west-1' }) }],
    ['clock', { clock: { now: () => 0 } }],
    ['pool', { pool: {} }],
    ['clientDefaults', { clientDefaults: {} }],
    ['roleArn', { roleArn: undefined }],
    ['rolArn', { rolArn: 'x' }],
  ])('refuses %s', (option, options) => {
    const refusal = { code: 'ERR_BSM_OPTION_INVALID', details: { option } };
    expect(() => assume(options)).toThrow(expect.objectContaining(refusal));
  });

  it.each([undefined, null, 7, 'pod'])('refuses %o as options', (wrong) => {
    const refusal = { code: 'ERR_BSM_OPTION_INVALID', details: { option: 'options' } };
    expect(() => manager[method](wrong as never)).toThrow(expect.objectContaining(refusal));
  });
});
