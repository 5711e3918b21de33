import { ServiceError } from '../protocol/service-error.js';
import type { SignatureV4 } from './signature-v4.js';

// What AWS answers to a request that it does not accept as signed. S3 has its own codes and texts.

const refuse = (
  service: string,
  query: readonly [code: string, message: string, status?: number],
  s3: readonly [code: string, message: string, status?: number],
): ServiceError => {
  const [code, message, status = 403] = service === 's3' ? s3 : query;
  return new ServiceError(code, message, status);
};

export const unsigned = (service: string): ServiceError =>
  refuse(
    service,
    ['MissingAuthenticationToken', 'Request is missing Authentication Token'],
    ['AccessDenied', 'Access Denied'],
  );

export const incomplete = (service: string, part: string): ServiceError =>
  refuse(
    service,
    ['IncompleteSignature', `Authorization header requires a valid '${part}' parameter.`, 400],
    ['AuthorizationHeaderMalformed', `The authorization header is malformed; '${part}' is missing or invalid.`, 400],
  );

export const wrongService = (service: string, given: string): ServiceError =>
  refuse(
    service,
    ['SignatureDoesNotMatch', `Credential should be scoped to correct service: '${service}'. `],
    [
      'AuthorizationHeaderMalformed',
      `The authorization header is malformed; incorrect service "${given}". This endpoint belongs to "s3".`,
      400,
    ],
  );

export const wrongRegion = (service: string): ServiceError =>
  refuse(
    service,
    ['SignatureDoesNotMatch', 'Credential should be scoped to a valid region. '],
    ['AuthorizationHeaderMalformed', 'The authorization header is malformed; the region is wrong.', 400],
  );

export const wrongScopeDate = (service: string, { scopeDate, timestamp }: SignatureV4): ServiceError =>
  refuse(
    service,
    [
      'SignatureDoesNotMatch',
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${scopeDate}' != '${timestamp.slice(0, 8)}', from '${timestamp}'.`,
    ],
    ['AuthorizationHeaderMalformed', 'The authorization header is malformed; invalid credential date.', 400],
  );

export const unknownKey = (service: string): ServiceError =>
  refuse(
    service,
    ['InvalidClientTokenId', 'The security token included in the request is invalid.'],
    ['InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist in our records.'],
  );

export const wrongToken = (service: string): ServiceError =>
  refuse(
    service,
    ['InvalidClientTokenId', 'The security token included in the request is invalid.'],
    ['InvalidToken', 'The provided token is malformed or otherwise invalid.', 400],
  );

export const expired = (service: string): ServiceError =>
  refuse(
    service,
    ['ExpiredToken', 'The security token included in the request is expired'],
    ['ExpiredToken', 'The provided token has expired.', 400],
  );

export const signedTooEarly = (service: string, signature: SignatureV4, limit: string): ServiceError =>
  refuse(
    service,
    ['SignatureDoesNotMatch', `Signature expired: ${signature.timestamp} is now earlier than ${limit}`],
    signature.presignedSeconds === undefined ? TOO_SKEWED : ['AccessDenied', 'Request has expired'],
  );

export const signedTooLate = (service: string, signature: SignatureV4, limit: string): ServiceError =>
  refuse(
    service,
    ['SignatureDoesNotMatch', `Signature not yet current: ${signature.timestamp} is still later than ${limit}`],
    TOO_SKEWED,
  );

export const unsignedHeader = (service: string, name: string): ServiceError =>
  refuse(
    service,
    ['SignatureDoesNotMatch', `'${name}' must be a 'SignedHeader' in the AWS Authorization.`],
    ['AccessDenied', `There were headers present in the request which were not signed: ${name}`],
  );

export const wrongSignature = (service: string): ServiceError =>
  refuse(
    service,
    [
      'SignatureDoesNotMatch',
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
    ],
    [
      'SignatureDoesNotMatch',
      'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    ],
  );

export const noPayloadHash = (): ServiceError =>
  new ServiceError('InvalidRequest', 'Missing required header for this request: x-amz-content-sha256');

export const wrongPayloadHash = (): ServiceError =>
  new ServiceError(
    'XAmzContentSHA256Mismatch',
    "The provided 'x-amz-content-sha256' header does not match what was computed.",
  );

const TOO_SKEWED: readonly [string, string] = [
  'RequestTimeTooSkewed',
  'The difference between the request time and the current time is too large.',
];
