import { BsmError, isBsmError } from './errors.js';
import { awsErrorFacts, read, scrubError } from './scrub-error.js';

/** Turns what a source threw into the error that callers see. A {@link BsmError} passes as it is. */
export function toRefreshError(error: unknown, terminal: boolean): BsmError {
  if (isBsmError(error)) return error;
  const reason = scrubError(error).message || 'the source gave no reason';
  return new BsmError('ERR_BSM_REFRESH_FAILED', `The credentials could not be refreshed: ${reason}`, {
    retryable: !terminal,
    cause: error,
    details: { ...awsErrorFacts(error) },
    tryNextLink: read(error, 'tryNextLink') === true,
  });
}
