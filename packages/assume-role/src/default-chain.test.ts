import { STSClient } from '@aws-sdk/client-sts';
import { createSession } from '@bsm/core-cache';
import { startFakeAws } from '@bsm/testing';
import { describe, expect, it, vi } from 'vitest';
import { assumeRole } from './assume-role.js';

type RequestHandler = STSClient['config']['requestHandler'];

/** Sends requests to the fake whatever host they are for, and tells the hosts. The `Host` header stays, as it was signed. */
function redirect(endpoint: string): { readonly hosts: string[]; readonly requestHandler: RequestHandler } {
  const { requestHandler: inner } = new STSClient({ region: 'us-east-1' }).config;
  const { hostname, port } = new URL(endpoint);
  const hosts: string[] = [];
  const handle: RequestHandler['handle'] = (request, options) => {
    hosts.push(request.hostname);
    return inner.handle(Object.assign(request.clone(), { protocol: 'http:', hostname, port: Number(port) }), options);
  };
  return { hosts, requestHandler: Object.assign(Object.create(inner), { handle }) as RequestHandler };
}

describe('a role assumed with what the default chain finds', () => {
  it.each([
    ['cn-north-1', 'aws-cn', 'sts.cn-north-1.amazonaws.com.cn'],
    ['us-gov-west-1', 'aws-us-gov', 'sts.us-gov-west-1.amazonaws.com'],
    ['ap-southeast-2', 'aws', 'sts.ap-southeast-2.amazonaws.com'],
  ])('asks STS of the partition and region of the session: %s', async (region, partition, host) => {
    await using aws = await startFakeAws();
    const user = aws.addUser({ accountId: '123456789012', userName: 'li', partition });
    const role = aws.addRole({ accountId: '123456789012', roleName: 'deploy', trust: user.arn });
    vi.stubEnv('AWS_ACCESS_KEY_ID', user.accessKeyId);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', user.secretAccessKey);
    vi.stubEnv('AWS_SESSION_TOKEN', undefined);
    vi.stubEnv('AWS_PROFILE', undefined);
    vi.stubEnv('AWS_REGION', region);
    const { hosts, requestHandler } = redirect(aws.endpoint);
    using session = createSession({ clock: aws.clock, clientDefaults: { requestHandler } });
    const deploy = assumeRole(session, { roleArn: role.arn, region: 'eu-west-1' });
    expect((await deploy.credentials()).accountId).toBe('123456789012');
    expect(hosts).toEqual([host]);
    expect(aws.requests.map((request) => [request.region, request.status])).toEqual([[region, 200]]);
  });
});
