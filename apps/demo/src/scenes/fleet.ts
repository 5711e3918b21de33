import { ListBucketsCommand, S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import { assumeRole, assumeRoleChain, type Session } from 'bsm';
import { countCalls } from '../count-calls.js';
import type { Output } from '../output.js';
import { aliceSession, type World } from '../world.js';

const CLIENTS = 50;
const REQUESTS_PER_CLIENT = 32;

type SdkCredentials = ReturnType<typeof fromTemporaryCredentials>;

/** Fifty clients of one role at work at once: how often is the role assumed, here and by the SDK alone? */
export async function showFleet(world: World, out: Output): Promise<void> {
  using alice = aliceSession(world);
  const [hub] = world.hops;
  out.heading(`${CLIENTS} clients, ${REQUESTS_PER_CLIENT} concurrent requests each, first use`);

  const role = assumeRole(alice, { roleArn: hub.arn });
  const chain = assumeRoleChain(
    alice,
    world.hops.map(({ arn }) => ({ roleArn: arn })),
  );
  out.fact('AssumeRole calls: one role, a session of bsm', await work(world, clientsOf(role)));
  out.fact(
    'AssumeRole calls: one role, fromTemporaryCredentials',
    await work(world, sdkClients(world, sdkRole(world))),
  );
  out.fact('AssumeRole calls: three roles, a session of bsm', await work(world, clientsOf(chain)));
  out.fact(
    'AssumeRole calls: three roles, fromTemporaryCredentials',
    await work(world, sdkClients(world, sdkChain(world))),
  );
  out.fact('AssumeRole calls: plain SDK clients given session.credentials', await plainClients(world));
}

/** Sends all requests at once and says how many AssumeRole calls they took. */
async function work(world: World, clients: readonly S3Client[]): Promise<number> {
  const calls = countCalls(world.aws);
  await Promise.all(clients.flatMap((client) => Array.from({ length: REQUESTS_PER_CLIENT }, () => send(client))));
  for (const client of clients) client.destroy();
  return calls('AssumeRole');
}

function send(client: S3Client): Promise<unknown> {
  return client.send(new ListBucketsCommand({}));
}

/** The clients differ in one option, as those of different parts of a program do. */
function clientsOf(session: Session): S3Client[] {
  return Array.from({ length: CLIENTS }, (_, index) => session.client(S3Client, { maxAttempts: 3 + index }));
}

function sdkClients({ aws, alice }: World, credentials: S3ClientConfig['credentials']): S3Client[] {
  const { region, endpoint } = aws.clientConfig(alice);
  return Array.from({ length: CLIENTS }, () => new S3Client({ region, endpoint, ...(credentials && { credentials }) }));
}

/** One provider function for all clients, as the SDK's documentation shows it. */
function sdkRole({ aws, alice, hops: [hub] }: World): SdkCredentials {
  const { credentials, region, endpoint } = aws.clientConfig(alice);
  return fromTemporaryCredentials({
    masterCredentials: credentials,
    params: { RoleArn: hub.arn },
    clientConfig: { region, endpoint },
  });
}

function sdkChain({ aws, alice, hops }: World): SdkCredentials {
  const { credentials, region, endpoint } = aws.clientConfig(alice);
  return hops.reduce<SdkCredentials>(
    (masterCredentials, { arn }) =>
      fromTemporaryCredentials({ masterCredentials, params: { RoleArn: arn }, clientConfig: { region, endpoint } }),
    () => Promise.resolve(credentials),
  );
}

async function plainClients(world: World): Promise<number> {
  using alice = aliceSession(world);
  const role = assumeRole(alice, { roleArn: world.hops[0].arn });
  return await work(world, sdkClients(world, role.credentials));
}
