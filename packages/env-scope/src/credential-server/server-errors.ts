import { BsmError } from '@bsm/core-cache';

/** Makes the error of an endpoint that cannot be opened, or cannot write the files of a child. */
export function serverFailed(problem: string, cause: unknown): BsmError {
  return new BsmError('ERR_BSM_CREDENTIAL_SERVER_FAILED', `The credential endpoint ${problem}.`, { cause });
}

/** Makes the error of what is asked of an endpoint, or for a child of it, after its end. */
export function serverClosed(): BsmError {
  return new BsmError(
    'ERR_BSM_CREDENTIAL_SERVER_CLOSED',
    'The credential endpoint is closed, or this child is revoked.',
  );
}
