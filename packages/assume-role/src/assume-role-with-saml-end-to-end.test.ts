import { inspect } from 'node:util';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { Session } from '@bsm/core-cache';
import { type FakeAws, type FakeRole, type FakeSamlProvider, startFakeAws } from '@bsm/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { assumeRole } from './assume-role.js';
import { type AssumeRoleWithSamlOptions, assumeRoleWithSaml } from './assume-role-with-saml.js';
import { HOUR_MS } from './fixtures/fake-world.js';

const accountId = '123456789012';
const whoAmI = new GetCallerIdentityCommand({});

let aws: FakeAws;
let company: FakeSamlProvider;
let staff: FakeRole;
let session: Session | undefined;
/** Every assertion that the identity provider gave. */
let assertions: string[];

beforeEach(async () => {
  aws = await startFakeAws();
  company = aws.addSamlProvider({ accountId, name: 'company' });
  staff = addStaffRole('staff', company.arn);
  assertions = [];
});

afterEach(async () => {
  session?.close();
  await aws.close();
});

function addStaffRole(roleName: string, provider: string): FakeRole {
  const Condition = { StringEquals: { 'SAML:aud': 'https://signin.aws.amazon.com/saml' } };
  const Statement = {
    Effect: 'Allow',
    Principal: { Federated: provider },
    Action: 'sts:AssumeRoleWithSAML',
    Condition,
  } as const;
  return aws.addRole({ accountId, roleName, trustPolicy: { Statement } });
}

/** Asks the identity provider, and notes what it says. */
function signIn(options: Partial<Parameters<FakeSamlProvider['assertion']>[0]> = {}): string {
  const assertion = company.assertion({ roles: staff.arn, roleSessionName: 'alice', ...options });
  assertions.push(assertion);
  return assertion;
}

/** A session of alice; retries are off, since none of these refusals passes by itself. */
function samlSession(options: Partial<AssumeRoleWithSamlOptions & { parent?: undefined }> = {}): Session {
  session = assumeRoleWithSaml({
    roleArn: staff.arn,
    principalArn: company.arn,
    assertion: () => signIn(),
    region: 'us-east-1',
    clock: aws.clock,
    clientDefaults: { endpoint: aws.endpoint, maxAttempts: 1 },
    ...options,
  });
  return session;
}

async function refusalOf(refused: Session): Promise<unknown> {
  return refused.credentials().then(
    () => undefined,
    (reason: unknown) => reason,
  );
}

describe('a session from SAML', () => {
  it('serves every client of it with one assertion per lifetime, a new one each time', async () => {
    const alice = samlSession();
    const config = { endpoint: aws.endpoint, region: 'us-east-1', credentials: alice.credentials };
    const clients = Array.from({ length: 5 }, () => new STSClient(config));
    for (let lifetimes = 1; lifetimes <= 3; lifetimes++) {
      const answers = await Promise.all(clients.flatMap((client) => [1, 2].map(() => client.send(whoAmI))));
      expect(new Set(answers.map(({ Arn }) => Arn))).toEqual(new Set([staff.sessionArn('alice')]));
      expect(aws.count('AssumeRoleWithSAML')).toBe(lifetimes);
      expect(new Set(assertions).size).toBe(lifetimes);
      aws.clock.advance(HOUR_MS);
    }
    const [first] = aws.requests;
    expect(first).toMatchObject({ operation: 'AssumeRoleWithSAML', accessKeyId: undefined });
    expect(alice.principal).toEqual({ accountId, arn: staff.sessionArn('alice'), userId: `${staff.userId}:alice` });
    for (const client of clients) client.destroy();
  });

  it('is refreshed when it ends as the identity provider says, not as it was asked for', async () => {
    const alice = samlSession({ assertion: () => signIn({ durationSeconds: 900 }), durationSeconds: 3_600 });
    const first = await alice.credentials();
    expect(first.expiration?.getTime()).toBe(aws.clock.now() + 900_000);
    aws.clock.advance(900_000);
    expect((await alice.credentials()).accessKeyId).not.toBe(first.accessKeyId);
    expect(assertions).toHaveLength(2);
  });

  it('says that an assertion was too old, shows none of it, and takes the next that is fresh', async () => {
    let stale: string | undefined = signIn();
    const alice = samlSession({ assertion: () => stale ?? signIn() });
    await alice.credentials();
    aws.clock.advance(HOUR_MS);
    const error = await refusalOf(alice);
    expect(error).toMatchObject({ code: 'ERR_BSM_CREDENTIALS_REJECTED', retryable: false });
    expect(String(error)).toMatch(
      /^BsmError: Cannot assume role "staff" in account 12\*{8}12: .* older than five minutes/,
    );
    expect(inspect(error, { depth: 20, showHidden: true })).not.toContain(stale.slice(0, 40));
    stale = undefined;
    aws.clock.advance(5_000);
    expect(await alice.client(STSClient).send(whoAmI)).toMatchObject({ Arn: staff.sessionArn('alice') });
  });

  it('says what a role may lack that trusts another identity provider', async () => {
    const partner = aws.addSamlProvider({ accountId, name: 'partner' });
    const partners = addStaffRole('partners', partner.arn);
    const error = await refusalOf(
      samlSession({ roleArn: partners.arn, assertion: () => signIn({ roles: partners.arn }) }),
    );
    expect(error).toMatchObject({ code: 'ERR_BSM_ACCESS_DENIED', retryable: false });
    expect(String(error)).toMatch(/trust policy of the role does not name the SAML provider/);
  });

  it('assumes the next role, and is asked for again only when that one is refreshed', async () => {
    const next = aws.addRole({ accountId: '444455556666', roleName: 'next', trust: { principals: staff.arn } });
    const alice = samlSession();
    const chained = assumeRole(alice, { roleArn: next.arn, roleSessionName: 'ci' });
    for (let lifetimes = 1; lifetimes <= 2; lifetimes++) {
      expect(await chained.client(STSClient).send(whoAmI)).toMatchObject({ Arn: next.sessionArn('ci') });
      expect([aws.count('AssumeRoleWithSAML'), aws.count('AssumeRole')]).toEqual([lifetimes, lifetimes]);
      aws.clock.advance(HOUR_MS);
    }
    expect(() => assumeRole(alice, { roleArn: next.arn, durationSeconds: 3_601 })).toThrow(/"durationSeconds"/);
  });
});
