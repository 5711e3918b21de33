import type { AwsCredentialIdentity } from '@bsm/core-cache';
import { explained } from './explained.js';
import type { EndpointAnswer } from './https-get.js';
import { areTexts } from './option-checks.js';

/**
 * Reads the answer of the credential endpoint: credentials that are whole, or an error that says what to do. The session reads the
 * expiration.
 *
 * @throws BsmError as `explainRefusal` makes it.
 */
export async function parseCredentialAnswer(answer: EndpointAnswer): Promise<AwsCredentialIdentity> {
  const credentials = credentialsIn(answer.body);
  const { accessKeyId, secretAccessKey, sessionToken, expiration } = credentials;
  // Without any of these it would pass for a set of permanent keys; what is not printable would break the headers of requests.
  const isWhole = areTexts([accessKeyId, secretAccessKey, sessionToken, expiration]);
  if (answer.status === 200 && isWhole) return credentials as AwsCredentialIdentity;
  throw await explained(new Error(`HTTP ${answer.status}`), { answer });
}

/** Reads JSON; anything else counts as an empty object. */
function credentialsIn(body: string): Record<keyof AwsCredentialIdentity, unknown> {
  try {
    return Object((JSON.parse(body) as Record<string, unknown>)['credentials']) as ReturnType<typeof credentialsIn>;
  } catch {
    return {} as ReturnType<typeof credentialsIn>;
  }
}
