import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { Agent } from 'node:http';
import { createSession } from '@bsm/core-cache';
import { startFakeAws } from '@bsm/testing';
import { expect, it, onTestFinished } from 'vitest';
import { getAccountAlias } from './get-account-alias.js';
import { getCallerIdentity } from './get-caller-identity.js';

/** Counts the connections that this process opens. */
function countConnections(): () => number {
  let opened = 0;
  const note = (): void => {
    opened++;
  };
  subscribe('net.client.socket', note);
  onTestFinished(() => void unsubscribe('net.client.socket', note));
  return () => opened;
}

it('STS and IAM are asked over the connections of the session, which the end of a client leaves open', async () => {
  await using aws = await startFakeAws();
  const alice = aws.addUser({ accountId: '111122223333', userName: 'alice' });
  const { credentials, region, endpoint } = aws.clientConfig(alice);
  using session = createSession({ credentials, region, clientDefaults: { endpoint } });
  const opened = countConnections();
  await getCallerIdentity(session);
  await getAccountAlias(session);
  session.clearCache();
  await getCallerIdentity(session);
  expect(aws.count('GetCallerIdentity')).toBe(2);
  expect(opened()).toBe(1);
});

it('agents among the defaults of the session live on', async () => {
  await using aws = await startFakeAws();
  const alice = aws.addUser({ accountId: '111122223333', userName: 'alice' });
  const { credentials, region, endpoint } = aws.clientConfig(alice);
  const httpAgent = new Agent({ keepAlive: true });
  using session = createSession({ credentials, region, clientDefaults: { endpoint, requestHandler: { httpAgent } } });
  const opened = countConnections();
  await getCallerIdentity(session);
  await getAccountAlias(session);
  expect(opened()).toBe(1);
  httpAgent.destroy();
});
