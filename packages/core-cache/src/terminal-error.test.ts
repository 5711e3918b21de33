import { describe, expect, test } from 'vitest';
import { isCredentialRejection, isTerminalError } from './terminal-error.js';

const named = (name: string, message = 'text'): Error => Object.assign(new Error(message), { name });
const sso = 'To refresh this SSO session run aws sso login with the corresponding profile.';

describe('isTerminalError', () => {
  test.each([
    ['a name', named('AccessDenied')],
    ['a code', Object.assign(new Error('text'), { code: 'RegionDisabledException' })],
    ["a Code of the SDK's query protocol", Object.assign(new Error('text'), { Code: 'PackedPolicyTooLarge' })],
    ['a cause', new Error('outer', { cause: new Error('middle', { cause: named('MalformedPolicyDocument') }) })],
    ['a sign-in that is over', named('CredentialsProviderError', `The SSO session has expired. ${sso}`)],
    ['a sign-in that is missing', named('CredentialsProviderError', `The SSO session is invalid. ${sso}`)],
    ['a token that is over', named('TokenProviderError', `Token is expired. ${sso}`)],
    ['a token that is refused', named('CredentialsProviderError', 'UnauthorizedException: Session token not found')],
    ['a login that is over', named('CredentialsProviderError', 'Your session has expired. Please reauthenticate.')],
    ['a login that is missing', named('CredentialsProviderError', 'Failed, please re-authenticate using aws login')],
  ])('%s', (_what, error) => {
    expect(isTerminalError(error)).toBe(true);
  });

  test.each([
    ['throttling', named('Throttling')],
    ['a service that is down', named('InternalFailure')],
    ['an identity provider that does not answer', named('IDPCommunicationError')],
    ['ended keys of the caller', named('ExpiredTokenException')],
    [
      'no network to SSO',
      named('CredentialsProviderError', 'Error: getaddrinfo ENOTFOUND portal.sso.us-east-1.amazonaws.com'),
    ],
    ['a bad certificate on the way to SSO', named('CredentialsProviderError', 'Error: sso: certificate has expired')],
    ['no source', named('CredentialsProviderError', 'Could not load credentials from any providers')],
    ['the words in another error', new Error(sso)],
    ['nothing', undefined],
    ['text', 'AccessDenied'],
  ])('not: %s', (_what, error) => {
    expect(isTerminalError(error)).toBe(false);
  });

  test('a chain of causes that is a circle', () => {
    const first = new Error('first');
    first.cause = new Error('second', { cause: first });
    expect(isTerminalError(first)).toBe(false);
  });
});

describe('isCredentialRejection', () => {
  test.each(['ExpiredToken', 'ExpiredTokenException', 'InvalidToken'])('%s', (name) => {
    expect(isCredentialRejection(named(name))).toBe(true);
  });

  test.each([named('AccessDenied'), named('InvalidClientTokenId'), undefined, 'ExpiredToken'])('not: %s', (error) => {
    expect(isCredentialRejection(error)).toBe(false);
  });
});
