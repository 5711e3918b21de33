import { read } from './scrub-error.js';

/** How far a chain of causes is followed; a chain may be a circle. */
const DEEPEST_CAUSE = 10;

/**
 * Tells whether retrying cannot help: a refused trust, a policy that is wrong, a disabled region, a refused identity token, a
 * sign-in (SSO or `aws login`) that is missing, over or refused.
 *
 * The STS names are the ones on which AWS's SDKs give up; found by `name` or `code`, anywhere in the chain of causes.
 */
export function isTerminalError(error: unknown): boolean {
  for (let link = error, depth = 0; depth < DEEPEST_CAUSE && link !== undefined; depth++, link = read(link, 'cause')) {
    if (isNamed(link, TERMINAL) || isLostSignIn(link)) return true;
  }
  return false;
}

/**
 * Tells whether a service rejected the credentials themselves, so that new ones can help. `AccessDenied` is a matter of
 * permissions and never counts.
 */
export function isCredentialRejection(error: unknown): boolean {
  return isNamed(error, REJECTION);
}

const TERMINAL =
  /^((AccessDenied|MalformedPolicyDocument|PackedPolicyTooLarge|RegionDisabled|IDPRejectedClaim|InvalidIdentityToken)(Exception)?|Unauthorized\w+|TokenProviderError)$/;

const REJECTION = /^(ExpiredToken(Exception)?|InvalidToken)$/;

function isNamed(error: unknown, pattern: RegExp): boolean {
  return ['name', 'code', 'Code'].some((key) => pattern.test(String(read(error, key))));
}

// The SDK has no name of its own for a lost sign-in: it throws CredentialsProviderError with a text. The texts of a sign-in that
// is missing or over tell what to type; a refused one starts with the name of the service's error. Others (no network) do neither.
function isLostSignIn(error: unknown): boolean {
  return (
    read(error, 'name') === 'CredentialsProviderError' &&
    /^UnauthorizedException\b|\baws (sso )?login\b|\bre-?authenticate\b/i.test(String(read(error, 'message')))
  );
}
