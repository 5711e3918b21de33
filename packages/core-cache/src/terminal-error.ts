/** How far a chain of causes is followed; a chain may be a circle. */
const DEEPEST_CAUSE = 10;

/**
 * Tells whether retrying cannot help: a refused trust, a policy that is wrong, a disabled region, a refused identity token, a
 * sign-in (SSO or `aws login`) that is missing, over or refused.
 *
 * The STS names are the ones on which AWS's SDKs give up; found by `name` or `code`, anywhere in the chain of causes.
 */
export function isTerminalError(error: unknown): boolean {
  return someCause(error, (link) => isOneOfNames(link, TERMINAL) || isLostSignIn(link));
}

/**
 * Tells whether a service rejected the credentials themselves, so that new ones can help. `AccessDenied` is a matter of
 * permissions and never counts.
 */
export function isCredentialRejection(error: unknown): boolean {
  return isOneOfNames(error, REJECTIONS);
}

const TERMINAL = [
  'AccessDenied',
  'AccessDeniedException',
  'MalformedPolicyDocument',
  'MalformedPolicyDocumentException',
  'PackedPolicyTooLarge',
  'PackedPolicyTooLargeException',
  'RegionDisabled',
  'RegionDisabledException',
  'IDPRejectedClaim',
  'IDPRejectedClaimException',
  'InvalidIdentityToken',
  'InvalidIdentityTokenException',
  'UnauthorizedException',
  'UnauthorizedSSOTokenError',
  'TokenProviderError',
];

const REJECTIONS = ['ExpiredToken', 'ExpiredTokenException', 'InvalidToken'];

type Link = { name?: unknown; code?: unknown; Code?: unknown; message?: unknown; cause?: unknown } | null | undefined;

function someCause(error: unknown, matches: (link: NonNullable<Link>) => boolean): boolean {
  let link = error as Link;
  for (let depth = 0; depth < DEEPEST_CAUSE && typeof link === 'object' && link !== null; depth++) {
    if (matches(link)) return true;
    link = link.cause as Link;
  }
  return false;
}

function isOneOfNames(error: unknown, names: readonly string[]): boolean {
  const { name, code, Code } = (error ?? {}) as NonNullable<Link>;
  return [name, code, Code].some((value) => typeof value === 'string' && names.includes(value));
}

// The SDK has no name of its own for a lost sign-in: it throws CredentialsProviderError with a text. The texts of a sign-in that
// is missing or over tell what to type; a refused one starts with the name of the service's error. Others (no network) do neither.
function isLostSignIn(link: NonNullable<Link>): boolean {
  return (
    link.name === 'CredentialsProviderError' &&
    typeof link.message === 'string' &&
    /^UnauthorizedException\b|\baws (sso )?login\b|\bre-?authenticate\b/i.test(link.message)
  );
}
