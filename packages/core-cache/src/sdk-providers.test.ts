import { readFile, writeFile } from 'node:fs/promises';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import {
  createCredentialChain,
  fromContainerMetadata,
  fromEnv,
  fromHttp,
  fromIni,
  fromNodeProviderChain,
  fromProcess,
  fromTemporaryCredentials,
  fromTokenFile,
  fromWebToken,
} from '@aws-sdk/credential-providers';
import { type FakeAws, type FakeRole, type FakeUser, startFakeAws } from '@bsm/testing';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type AwsHome, createAwsHome } from './fixtures/aws-home.js';
import { type JsonServer, startJsonServer } from './fixtures/json-server.js';
import { type AwsCredentialIdentityProvider, createSession } from './index.js';

const CLIENTS = 6;
const REGION = 'eu-west-1';

let home: AwsHome;
let aws: FakeAws;
let alice: FakeUser;
let role: FakeRole;
let container: JsonServer;

beforeEach(async () => {
  home = await createAwsHome();
  aws = await startFakeAws();
  alice = aws.addUser({ accountId: '111122223333', userName: 'alice' });
  const issuer = aws.addIdentityProvider({ accountId: '444455556666', url: 'https://oidc.example.com/id/1' });
  role = aws.addRole({
    accountId: '444455556666',
    roleName: 'worker',
    trustPolicy: {
      Statement: [
        { Effect: 'Allow', Principal: { AWS: alice.arn }, Action: 'sts:AssumeRole' },
        { Effect: 'Allow', Principal: { Federated: issuer.arn }, Action: 'sts:AssumeRoleWithWebIdentity' },
      ],
    },
  });
  container = await startJsonServer(() => {
    const { credentials } = aws.clientConfig(role);
    const { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: Token, expiration } = credentials;
    return { AccessKeyId, SecretAccessKey, Token, Expiration: expiration?.toISOString() };
  });
  await home.write('token', issuer.token({ sub: 'pod' }));
});

afterEach(async () => {
  await aws.close();
  await container[Symbol.asyncDispose]();
  await home[Symbol.asyncDispose]();
});

/** A provider of the SDK, and how often what is behind it was asked. */
interface Way {
  readonly provider: AwsCredentialIdentityProvider;
  readonly calls: () => number | Promise<number>;
}

const assumed = (): number => aws.count('AssumeRole') + aws.count('AssumeRoleWithWebIdentity');

const WAYS: Record<string, () => Way | Promise<Way>> = {
  fromTemporaryCredentials: () => {
    const { credentials, endpoint } = aws.clientConfig(alice);
    return {
      provider: fromTemporaryCredentials({
        masterCredentials: credentials,
        params: { RoleArn: role.arn },
        clientConfig: { endpoint },
      }),
      calls: assumed,
    };
  },
  'fromIni with a role': async () => {
    const { accessKeyId, secretAccessKey } = alice;
    await home.writeCredentials(
      '[alice]',
      `aws_access_key_id = ${accessKeyId}`,
      `aws_secret_access_key = ${secretAccessKey}`,
    );
    await home.writeConfig('[profile worker]', `role_arn = ${role.arn}`, 'source_profile = alice');
    const clientConfig = { endpoint: aws.endpoint };
    return { provider: fromIni({ profile: 'worker', clientConfig, ignoreCache: true }), calls: assumed };
  },
  fromProcess: async () => {
    const { accessKeyId, secretAccessKey, sessionToken, expiration } = aws.clientConfig(role).credentials;
    const answer = {
      Version: 1,
      AccessKeyId: accessKeyId,
      SecretAccessKey: secretAccessKey,
      SessionToken: sessionToken,
      Expiration: expiration?.toISOString(),
    };
    const [answerFile, log] = [await home.write('answer.json', JSON.stringify(answer)), await home.write('log', '')];
    const code = `fs.appendFileSync('${log}','x');process.stdout.write(fs.readFileSync('${answerFile}'))`;
    await home.writeConfig('[profile worker]', `credential_process = "${process.execPath}" -e "${code}"`);
    return {
      provider: fromProcess({ profile: 'worker', ignoreCache: true }),
      calls: async () => (await readFile(log, 'utf8')).length,
    };
  },
  fromHttp: () => ({ provider: fromHttp({ awsContainerCredentialsFullUri: container.url }), calls: container.calls }),
  fromContainerMetadata: () => {
    vi.stubEnv('AWS_CONTAINER_CREDENTIALS_FULL_URI', container.url);
    return { provider: fromContainerMetadata(), calls: container.calls };
  },
  'fromNodeProviderChain, in a container': () => {
    vi.stubEnv('AWS_CONTAINER_CREDENTIALS_FULL_URI', container.url);
    return { provider: fromNodeProviderChain(), calls: container.calls };
  },
  'createCredentialChain, whose second link has some': () => ({
    provider: createCredentialChain(fromEnv(), fromHttp({ awsContainerCredentialsFullUri: container.url })),
    calls: container.calls,
  }),
  fromTokenFile: () => ({
    provider: fromTokenFile({
      roleArn: role.arn,
      webIdentityTokenFile: `${home.path}/token`,
      clientConfig: { endpoint: aws.endpoint },
    }),
    calls: assumed,
  }),
  fromWebToken: async () => ({
    provider: fromWebToken({
      roleArn: role.arn,
      webIdentityToken: await readFile(`${home.path}/token`, 'utf8'),
      clientConfig: { endpoint: aws.endpoint },
    }),
    calls: assumed,
  }),
  fromEnv: () => {
    stubKeys(aws.clientConfig(role).credentials);
    let calls = 0;
    const provider = fromEnv();
    return {
      provider: (request) => {
        calls++;
        return provider(request);
      },
      calls: () => calls,
    };
  },
};

function stubKeys(keys: { accessKeyId: string; secretAccessKey: string; sessionToken?: string }): void {
  vi.stubEnv('AWS_ACCESS_KEY_ID', keys.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', keys.secretAccessKey);
  vi.stubEnv('AWS_SESSION_TOKEN', keys.sessionToken);
}

describe('a provider of the SDK, given to a session', () => {
  test.each(Object.entries(WAYS))('%s: one call for all clients, and one for each refresh', async (_name, makeWay) => {
    const { provider, calls } = await makeWay();
    const clientDefaults = { endpoint: aws.endpoint };
    using session = createSession({ credentials: provider, region: REGION, clock: aws.clock, clientDefaults });
    const plain = new STSClient({ ...session.clientConfig, endpoint: aws.endpoint });
    const clients = Array.from({ length: CLIENTS }, (_, index) => session.client(S3Client, { maxAttempts: index + 1 }));
    expect(await calls(), 'before the first use').toBe(0);

    const [identity] = await Promise.all([
      plain.send(new GetCallerIdentityCommand({})),
      ...clients.flatMap((client) => [1, 2].map(() => client.send(new ListBucketsCommand({})))),
    ]);
    expect(identity.Arn).toContain('arn:aws:sts::444455556666:assumed-role/worker/');
    expect(await calls()).toBe(1);

    await Promise.all([session.credentials.refresh(), session.credentials.refresh(), clients[0]!.config.credentials()]);
    expect(await calls(), 'the SDK answered from a memory of its own').toBe(2);
    for (const client of [plain, ...clients]) client.destroy();
  });

  test('asks STS in the region of the session, which is in its partition', async () => {
    const user = aws.addUser({ accountId: '123456789012', userName: 'li', partition: 'aws-cn' });
    const target = aws.addRole({ accountId: '123456789012', roleName: 'worker', trust: user.arn });
    const masterCredentials = aws.clientConfig(user).credentials;
    const provider = fromTemporaryCredentials({
      masterCredentials,
      params: { RoleArn: target.arn },
      clientConfig: { endpoint: aws.endpoint },
    });
    using session = createSession({ credentials: provider, region: 'cn-northwest-1' });
    await session.credentials();
    expect(aws.requests.map(({ region, status }) => [region, status])).toEqual([['cn-northwest-1', 200]]);
  });

  test('a token file is read again at each refresh', async () => {
    const { provider } = await WAYS['fromTokenFile']!();
    using session = createSession({ credentials: provider, region: REGION, clock: aws.clock });
    await session.credentials();
    await writeFile(`${home.path}/token`, 'rotated to something that is no token');
    await expect(session.credentials.refresh()).rejects.toMatchObject({ code: 'ERR_BSM_CREDENTIALS_REJECTED' });
    expect(aws.count('AssumeRoleWithWebIdentity')).toBe(2);
  });
});
