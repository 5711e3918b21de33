import { createSession } from '@bsm/core-cache';
import { describe, expect, it, vi } from 'vitest';
import { whoAmI } from './who-am-i.js';

describe('the clients of this package', () => {
  // The endpoints of AWS itself, seen by a request handler that answers in its place.
  it.each([
    ['eu-central-1', 'sts.eu-central-1.amazonaws.com', 'iam.amazonaws.com', 'us-east-1'],
    ['cn-northwest-1', 'sts.cn-northwest-1.amazonaws.com.cn', 'iam.cn-north-1.amazonaws.com.cn', 'cn-north-1'],
    ['us-gov-east-1', 'sts.us-gov-east-1.amazonaws.com', 'iam.us-gov.amazonaws.com', 'us-gov-west-1'],
  ])('ask in the partition of %s', async (region, sts, iam, iamRegion) => {
    vi.stubEnv('AWS_ENDPOINT_URL', undefined);
    vi.stubEnv('AWS_CONFIG_FILE', 'absent/config');
    const { requests, requestHandler } = recordingHandler();
    const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'unused' };
    const logged: unknown[] = [];
    const log = (...line: unknown[]): void => void logged.push(line);
    const logger = { trace: log, debug: log, info: log, warn: log, error: log };
    await whoAmI(createSession({ region, credentials, clientDefaults: { requestHandler, logger } }));

    expect(requests).toEqual([
      { hostname: sts, scope: `${region}/sts` },
      { hostname: iam, scope: `${iamRegion}/iam` },
    ]);
    expect(logged).toEqual([]);
  });
});

const ANSWER = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
<Arn>arn:aws:iam::123456789012:user/me</Arn><UserId>AIDACKCEVSQ6C2EXAMPLE</UserId><Account>123456789012</Account>
</GetCallerIdentityResult></GetCallerIdentityResponse>`;

interface Seen {
  readonly hostname: string;
  readonly scope: string | undefined;
}

function recordingHandler(): { requests: Seen[]; requestHandler: object } {
  const requests: Seen[] = [];
  const requestHandler = {
    async handle({ hostname, headers }: { hostname: string; headers: Record<string, string> }): Promise<object> {
      const scope = /Credential=[^/]+\/\d+\/([^/]+\/[^/]+)\//.exec(headers['authorization'] ?? '')?.[1];
      requests.push({ hostname, scope });
      const body = new TextEncoder().encode(ANSWER);
      return { response: { statusCode: 200, headers: {}, body } };
    },
    destroy(): void {
      throw new Error('the handler of the user was ended');
    },
    updateHttpClientConfig(): void {},
    httpHandlerConfigs: (): object => ({}),
  };
  return { requests, requestHandler };
}
