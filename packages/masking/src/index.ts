export type { Redactor, RedactorOptions } from './create-redactor.js';
export { createRedactor } from './create-redactor.js';
export { maskAccessKeyId } from './mask-access-key-id.js';
export { maskAccountId } from './mask-account-id.js';
export { maskArn } from './mask-arn.js';
export { maskUserId } from './mask-user-id.js';
export { redact } from './redact.js';
