import { DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import { assumeRole, createSession, type Session } from '@bsm/assume-role';
import { REGIONS, type Spent } from './spent.js';

// One contender in a process of its own: `node worker.js bsm|sdk ENDPOINT ACCOUNTS[,ACCOUNTS...]`. Prints what so many
// accounts took after a first one. With --expose-gc the heap is measured after a collection.
const [contender, endpoint = '', counts = ''] = process.argv.slice(2);

const base = {
  region: 'us-east-1',
  credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' },
};
const roleArn = (account: number): string => `arn:aws:iam::${111122220000 + account}:role/bench`;
const kept: unknown[] = [];

/** All clients of an account: one session, as an application would write it. */
function withSessions(root: Session) {
  return async (account: number): Promise<void> => {
    const session = assumeRole(root, { roleArn: roleArn(account) });
    for (const region of REGIONS) {
      const there = session.withRegion(region);
      await there.client(S3Client).send(new ListBucketsCommand({}));
      await there.client(EC2Client).send(new DescribeVpcsCommand({}));
      kept.push(there);
    }
  };
}

/** The same with the SDK alone: one provider for the account, handed to each client. */
async function withSdk(account: number): Promise<void> {
  const credentials = fromTemporaryCredentials({
    masterCredentials: base.credentials,
    params: { RoleArn: roleArn(account) },
    clientConfig: { region: base.region, endpoint },
  });
  for (const region of REGIONS) {
    const config = { region, endpoint, credentials };
    const [s3, ec2] = [new S3Client(config), new EC2Client(config)];
    await s3.send(new ListBucketsCommand({}));
    await ec2.send(new DescribeVpcsCommand({}));
    kept.push(s3, ec2);
  }
}

function spent(): Omit<Spent, 'accounts'> {
  globalThis.gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  return { rssBytes: rss, heapBytes: heapUsed + external, cpuMs: (user + system) / 1_000 };
}

const root = createSession({ ...base, clientDefaults: { endpoint } });
const use = contender === 'sdk' ? withSdk : withSessions(root);
// What is loaded and compiled once is no cost of an account.
await use(0);
const before = spent();
const marks = counts.split(',').map(Number);
for (let account = 1; account <= Math.max(...marks); account++) {
  if (contender === 'sessions') kept.push(assumeRole(root, { roleArn: roleArn(account) }));
  else await use(account);
  if (!marks.includes(account)) continue;
  const { rssBytes, heapBytes, cpuMs } = spent();
  const since: Spent = {
    accounts: account,
    rssBytes: rssBytes - before.rssBytes,
    heapBytes: heapBytes - before.heapBytes,
    cpuMs: cpuMs - before.cpuMs,
  };
  process.stdout.write(`${JSON.stringify(since)}\n`);
}
root.close();
// The SDK's own clients keep their sockets open; all is measured.
process.exit();
