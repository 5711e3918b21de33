/** @module @bsm/iot/failure */
export { explainFailure, type FailureFacts } from './explain-failure.js';
export type { EndpointAnswer } from './https-get.js';
