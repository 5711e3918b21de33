import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { startFakeAws } from '@bsm/testing';

/** A gate holds the answers, so that a test sees how many requests are under way at the same moment. */
export async function requestsAtOnce(callers: number): Promise<number> {
  await using aws = await startFakeAws({ users: [{ accountId: '111122223333', userName: 'alice' }] });
  const sts = new STSClient(aws.clientConfig('arn:aws:iam::111122223333:user/alice'));

  let open = (): void => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  aws.fault({ kind: 'gate', operation: 'GetCallerIdentity', until: gate });

  const answers = Promise.all(Array.from({ length: callers }, () => sts.send(new GetCallerIdentityCommand({}))));
  await aws.received('GetCallerIdentity', callers);
  const unanswered = aws.requests.filter(({ status }) => status === undefined).length;
  open();
  await answers;
  return unanswered;
}
