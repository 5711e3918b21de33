import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import {
  type AssumeRoleWithSamlOptions,
  assumeRoleWithSaml,
  createAssumeRoleWithSaml,
} from './assume-role-with-saml.js';
import { createAssumeRole } from './create-assume-role.js';
import { HOUR_MS } from './fixtures/fake-world.js';
import { EXAMPLE_KEYS, startStubSts } from './fixtures/stub-sts.js';

const roleArn = 'arn:aws:iam::123456789012:role/staff';
const principalArn = 'arn:aws:iam::123456789012:saml-provider/company';
const region = 'eu-west-1';

describe('assumeRoleWithSaml', () => {
  it('asks for an assertion at each refresh, once for all callers', async () => {
    using sts = startStubSts();
    let asked = 0;
    const assertion = async (): Promise<string> => `PHNhbWw+${++asked}`;
    using session = createAssumeRoleWithSaml(sts)({ roleArn, principalArn, assertion, region, clock: sts.clock });
    for (let lifetimes = 1; lifetimes <= 2; lifetimes++) {
      await Promise.all([session.credentials(), session.credentials()]);
      expect(sts.calls.map(({ parameters }) => parameters.SAMLAssertion).at(-1)).toBe(`PHNhbWw+${lifetimes}`);
      sts.clock.advance(HOUR_MS);
    }
    expect(asked).toBe(2);
    expect(sts.calls[0]).toMatchObject({ operation: 'assumeRoleWithSaml', call: { region } });
    expect(sts.calls[0]?.parameters).toEqual({
      RoleArn: roleArn,
      PrincipalArn: principalArn,
      SAMLAssertion: 'PHNhbWw+1',
    });
    expect(session.principal?.arn).toBe('arn:aws:sts::123456789012:assumed-role/staff/saml');
    const chained = { roleArn, durationSeconds: 3_601 };
    expect(() => createAssumeRole(sts)(session, chained)).toThrow(/"durationSeconds"/);
  });

  it('speaks to STS without a signature', async () => {
    const bodies: string[] = [];
    const headers: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      headers.push(request.headers.authorization);
      let body = '';
      request.on('data', (chunk) => {
        body += chunk;
      });
      request.on('end', () => {
        bodies.push(body);
        response.setHeader('content-type', 'text/xml');
        response.end(answerXml());
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const assertion = (): string => 'PHNhbWw+';
      using session = assumeRoleWithSaml({ roleArn, principalArn, assertion, region, clientDefaults: { endpoint } });
      expect(await session.credentials()).toMatchObject({ accountId: '123456789012', sessionToken: 'token' });
      expect(headers).toEqual([undefined]);
      expect(new URLSearchParams(bodies[0]).get('SAMLAssertion')).toBe('PHNhbWw+');
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });

  it('says that an assertion was refused, and never which', async () => {
    using sts = startStubSts();
    const assertion = (): string => 'PHNhbWw+c2VjcmV0';
    using session = createAssumeRoleWithSaml(sts)({ roleArn, principalArn, assertion, region, clock: sts.clock });
    sts.answer = () => {
      const error = new Error('Response PHNhbWw+c2VjcmV0 is not signed');
      throw Object.assign(error, { name: 'InvalidIdentityToken', $metadata: { httpStatusCode: 400 } });
    };
    const error = await session.credentials().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'ERR_BSM_CREDENTIALS_REJECTED' });
    expect(String(error)).toMatch(
      /"staff" in account 12\*{8}12: Response \*\*\* is not signed\. The assertion was rejected/,
    );
  });

  it.each<[string, unknown]>([
    ['options', undefined],
    ['roleArn', { principalArn, assertion: () => '' }],
    ['principalArn', { roleArn, assertion: () => '' }],
    ['principalArn', { roleArn, principalArn: roleArn, assertion: () => '' }],
    ['assertion', { roleArn, principalArn }],
    ['assertion', { roleArn, principalArn, assertion: 'PHNhbWw+' }],
    ['roleSessionName', { roleArn, principalArn, assertion: () => '', roleSessionName: 'x' }],
  ])('refuses at once what is wrong: %s', (option, options) => {
    using sts = startStubSts();
    expect(() => createAssumeRoleWithSaml(sts)(options as AssumeRoleWithSamlOptions)).toThrow(
      expect.objectContaining({ code: 'ERR_BSM_OPTION_INVALID', details: { option } }),
    );
  });
});

function answerXml(): string {
  const expiration = new Date(Date.now() + HOUR_MS).toISOString();
  const credentials = `<AccessKeyId>ASIAIOSFODNN7EXAMPLE</AccessKeyId><SecretAccessKey>${EXAMPLE_KEYS.secretAccessKey}</SecretAccessKey><SessionToken>token</SessionToken><Expiration>${expiration}</Expiration>`;
  const user =
    '<Arn>arn:aws:sts::123456789012:assumed-role/staff/jane</Arn><AssumedRoleId>AROACKCEVSQ6C2EXAMPLE:jane</AssumedRoleId>';
  return `<AssumeRoleWithSAMLResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleWithSAMLResult><Credentials>${credentials}</Credentials><AssumedRoleUser>${user}</AssumedRoleUser></AssumeRoleWithSAMLResult><ResponseMetadata><RequestId>00000000-0000-0000-0000-000000000000</RequestId></ResponseMetadata></AssumeRoleWithSAMLResponse>`;
}
