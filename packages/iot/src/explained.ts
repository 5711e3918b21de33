import type { FailureFacts } from './explain-failure.js';

/** Says what a failure means and what to do. The words are loaded with the first failure; without them it comes through as it is. */
export async function explained(error: unknown, facts: FailureFacts): Promise<unknown> {
  try {
    const { explainFailure } = await import('@bsm/iot/failure');
    return await explainFailure(error, facts);
  } catch {
    return error;
  }
}
