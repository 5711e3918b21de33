/**
 * Masks the `UserId` of a caller identity: its first and last four characters with three asterisks between them.
 *
 * The same output as boto_session_manager for everything longer than eight characters; what is shorter has nothing left to
 * hide and comes back as three asterisks (the Python original shows it whole). Never throws: what is not a string at run time
 * is masked completely. For an assumed role the id ends in the session name, so the last four characters are those of the
 * session name.
 *
 * @example
 * ```ts
 * maskUserId('AIDACKCEVSQ6C2EXAMPLE'); // 'AIDA***MPLE'
 * ```
 */
export function maskUserId(userId: string): string {
  return typeof userId === 'string' && userId.length > 8 ? `${userId.slice(0, 4)}***${userId.slice(-4)}` : '***';
}
