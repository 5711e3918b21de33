import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSession } from '@bsm/core-cache';
import { describe, expect, it } from 'vitest';
import { listBucketsOfCustomer } from '../examples/list-buckets-of-customer.js';
import { names } from '../examples/names-of-roles.js';
import { assumeRoleThrough } from '../examples/own-transport.js';
import { signInWithMfa } from '../examples/sign-in-with-mfa.js';
import { startFakeWorld } from './fixtures/fake-world.js';
import { EXAMPLE_KEYS } from './fixtures/stub-sts.js';

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');

describe('the README', () => {
  it('shows a role of a customer', async () => {
    await using world = await startFakeWorld();
    world.aws.addAccount({ accountId: '444455556666', buckets: ['invoices'] });
    world.addRole('partners', { externalId: 'partner-7' });
    expect(await listBucketsOfCustomer(world.session)).toEqual(['invoices']);
  });

  it('shows two roles with one MFA code', async () => {
    await using world = await startFakeWorld();
    for (const name of ['audit', 'deploy']) world.addRole(name, { mfa: true });
    const sessions = signInWithMfa(world.session, () => world.alice.mfaDevice!.code());
    await Promise.all(sessions.map((session) => session.credentials()));
    expect(world.aws.count('GetSessionToken')).toBe(1);
  });

  it('shows names as they come out', () => {
    expect(read('README.md').match(/\/\/ (arn:\S+|report\S+)/g)).toEqual(names.map((name) => `// ${name}`));
  });

  it('shows a transport that works', async () => {
    const server = createServer((_request, response) => {
      const Credentials = {
        AccessKeyId: 'ASIAIOSFODNN7EXAMPLE',
        SecretAccessKey: EXAMPLE_KEYS.secretAccessKey,
        SessionToken: 'token',
        Expiration: new Date(Date.now() + 3_600_000).toISOString(),
      };
      const AssumedRoleUser = {
        Arn: 'arn:aws:sts::444455556666:assumed-role/x/ci',
        AssumedRoleId: 'AROACKCEVSQ6C2EXAMPLE:ci',
      };
      response.end(JSON.stringify({ Credentials, AssumedRoleUser }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const assumeRole = assumeRoleThrough(new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
    using source = createSession({ credentials: EXAMPLE_KEYS, region: 'us-east-1' });
    const session = assumeRole(source, { roleArn: 'arn:aws:iam::444455556666:role/x' });
    expect((await session.credentials()).accountId).toBe('444455556666');
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
});
