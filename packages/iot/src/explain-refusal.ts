import { BsmError, type BsmErrorCode, fromAwsError } from '@bsm/core-cache';
import type { EndpointAnswer } from './https-get.js';

/**
 * Turns an answer without credentials into an error that says what to do: `ERR_BSM_CERTIFICATE_REJECTED`, `ERR_BSM_ACCESS_DENIED`,
 * `ERR_BSM_REQUEST_REJECTED`, `ERR_BSM_THROTTLED`, `ERR_BSM_SERVICE_FAILED`, `ERR_BSM_RESPONSE_INVALID`.
 */
export function explainRefusal({ status, headers, body }: EndpointAnswer): BsmError {
  const { message, credentials } = parseJson(body) as { message?: unknown; credentials?: unknown };
  const said = typeof message === 'string' ? message : undefined;
  if (status !== 200 || (said !== undefined && credentials === undefined)) return refusal(status, headers, said);
  return new BsmError(
    'ERR_BSM_RESPONSE_INVALID',
    'Cannot get credentials: the endpoint answered without a whole set of credentials. Check that options.endpoint is a credential endpoint.',
    { retryable: true, details: { statusCode: status } },
  );
}

/** Reads a JSON object; anything else counts as an empty one, and is never quoted. */
function parseJson(body: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(body)) as Record<string, unknown>;
  } catch {
    return {};
  }
}

function refusal(status: number, headers: EndpointAnswer['headers'], message: string | undefined): BsmError {
  const header = (name: string): string | undefined => [headers[name]].flat()[0]?.split(':')[0];
  const said = message?.slice(0, 200) ?? (status < 400 ? 'no credentials' : 'no reason');
  const [, code, advice] = REFUSALS.find(([clue]) => clue.test(`${status} ${said}`)) as Refusal;
  const metadata = { httpStatusCode: status, requestId: header('x-amzn-requestid') };
  // By its name the refresh engine sees that asking again at once cannot help.
  const cause = Object.assign(new Error(said), { $metadata: metadata, name: header('x-amzn-errortype') ?? 'Error' });
  const { message: text, details } = fromAwsError(
    cause,
    `Cannot get credentials: the endpoint answered HTTP ${status}`,
  );
  const retryable = RETRYABLE.test(code);
  return new BsmError(code, `${text.replace(/\.?$/, '.')} ${advice}`, { retryable, details, cause });
}

type Refusal = readonly [clue: RegExp, code: BsmErrorCode, advice: string];

const RETRYABLE = /THROTTLED|SERVICE_FAILED|RESPONSE_INVALID/;

// The words are those that awslabs recorded of the real service.
const REFUSALS: readonly Refusal[] = [
  [
    /certificate is invalid/i,
    'ERR_BSM_CERTIFICATE_REJECTED',
    'Register and activate the certificate in the account and region of the endpoint.',
  ],
  [
    /invalid thing name/i,
    'ERR_BSM_ACCESS_DENIED',
    'Attach the certificate to the thing, or correct options.thingName.',
  ],
  [
    /role alias does not exist/i,
    'ERR_BSM_REQUEST_REJECTED',
    'Check options.roleAlias, its case too, and that it is in the account and region of the endpoint.',
  ],
  [
    /unable to assume the role/i,
    'ERR_BSM_ACCESS_DENIED',
    'The role of the alias must exist and trust the service credentials.iot.amazonaws.com.',
  ],
  [
    /durationseconds exceeds/i,
    'ERR_BSM_REQUEST_REJECTED',
    'Shorten the duration of the role alias (or options.durationSeconds), or raise the maximum of the role.',
  ],
  [
    /access denied|^40[13]/i,
    'ERR_BSM_ACCESS_DENIED',
    'Attach a policy to the certificate that allows iot:AssumeRoleWithCertificate on the role alias.',
  ],
  [/^429|throttl|rate exceeded/i, 'ERR_BSM_THROTTLED', 'Try later.'],
  [/^5/, 'ERR_BSM_SERVICE_FAILED', 'Try later; check what stands between here and AWS.'],
  [/^4/, 'ERR_BSM_REQUEST_REJECTED', 'Check options.endpoint and options.roleAlias.'],
  [/^3/, 'ERR_BSM_RESPONSE_INVALID', 'Redirects are not followed: check options.endpoint and a proxy.'],
  [/^/, 'ERR_BSM_RESPONSE_INVALID', 'Check that options.endpoint is a credential endpoint.'],
];
