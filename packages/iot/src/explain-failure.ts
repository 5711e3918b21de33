import { isBsmError } from '@bsm/core-cache';
import { type FailedRequest, requestError } from './connection-error.js';
import { explainMaterial, type Materials } from './explain-material.js';
import { explainRefusal } from './explain-refusal.js';
import type { EndpointAnswer } from './https-get.js';
import type { DeviceIdentity } from './iot-options.js';
import type { MaterialContents } from './read-material.js';

/** What failed: to send a request, to get credentials in an answer, or to read an identity. */
export type FailureFacts = FailedRequest | { readonly answer: EndpointAnswer } | ReadIdentity;

/** An identity, and what was read of it: certificate, key, PKCS#12 and authorities. */
export interface ReadIdentity {
  readonly identity: DeviceIdentity;
  readonly read: MaterialContents | undefined;
}

/** Turns what went wrong into a typed error that says what to do. */
export async function explainFailure(error: unknown, facts: FailureFacts): Promise<unknown> {
  if (isBsmError(error)) return error;
  if ('sent' in facts) return requestError(error, facts);
  return 'answer' in facts ? explainRefusal(facts.answer) : explainMaterial(contentsOf(facts), error);
}

/** The files may be mended by now, so that what was read is judged. */
function contentsOf({ identity, read }: ReadIdentity): Materials {
  if (!read) return identity;
  const [certificate, privateKey, pkcs12, ca] = read.contents;
  const { passphrase, pkcs11 } = identity;
  return { certificate, privateKey, pkcs12, ca, passphrase, pkcs11 };
}
