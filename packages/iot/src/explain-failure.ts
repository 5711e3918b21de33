import { isBsmError } from '@bsm/core-cache';
import { type FailedRequest, requestError } from './connection-error.js';
import { explainMaterial } from './explain-material.js';
import { explainRefusal } from './explain-refusal.js';
import type { EndpointAnswer } from './https-get.js';
import type { DeviceIdentity } from './iot-options.js';

/** What failed: to send a request, to get credentials in an answer, or to read an identity. */
export type FailureFacts = FailedRequest | { readonly answer: EndpointAnswer } | { readonly identity: DeviceIdentity };

/** Turns what went wrong into a typed error that says what to do. */
export async function explainFailure(error: unknown, facts: FailureFacts): Promise<unknown> {
  if (isBsmError(error)) return error;
  if ('sent' in facts) return requestError(error, facts);
  return 'answer' in facts ? explainRefusal(facts.answer) : explainMaterial(facts.identity, error);
}
