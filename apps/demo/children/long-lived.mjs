import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';

// A program that knows nothing of bsm: one client of the SDK that works for as many milliseconds as it is told. It prints how many
// requests it made, how many failed, and how many sets of credentials it was given.
const until = Date.now() + Number(process.argv[2]);
const sts = new STSClient();
const told = { requests: 0, failures: 0, who: '' };
const keys = new Set();
while (Date.now() < until) {
  told.requests++;
  try {
    told.who = (await sts.send(new GetCallerIdentityCommand({}))).Arn;
    keys.add((await sts.config.credentials()).accessKeyId);
  } catch {
    told.failures++;
  }
  await new Promise((resolve) => setTimeout(resolve, 100));
}
sts.destroy();
process.stdout.write(JSON.stringify({ ...told, sets: keys.size }));
