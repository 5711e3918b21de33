/**
 * Writes when credentials end as every AWS tool can read it: whole seconds and `Z`. What is left of a second is cut off, so that
 * nobody takes them for longer than they are.
 */
export function expirationText(expiration: Date): string {
  return expiration.toISOString().replace(/\.\d+Z$/, 'Z');
}
