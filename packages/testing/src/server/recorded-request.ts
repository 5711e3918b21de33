/** One request that a fake AWS received. It is recorded on arrival; the fields of the answer are filled in when it is decided. */
export interface RecordedRequest {
  readonly operation: string;
  /** `sts`, `iam`, `s3`, or the service of the signature when the operation is unknown. */
  readonly service: string;
  /** ARN of the caller, by its access key, whether the request was accepted or not; `undefined` for an unknown key. */
  readonly principalArn: string | undefined;
  readonly accessKeyId: string | undefined;
  /** Region of the signature. */
  readonly region: string | undefined;
  /** Parameters by their dotted names. Codes, external ids and tokens show as `***`. */
  readonly params: Readonly<Record<string, string>>;
  readonly userAgent: string | undefined;
  /** Virtual time of arrival, in milliseconds. */
  readonly time: number;
  /** HTTP status of the answer; `undefined` while there is none. */
  readonly status: number | undefined;
  /** Error code of the answer, if it is an error. */
  readonly errorCode: string | undefined;
}

/** A record that is still being written. */
export type OpenRecord = { -readonly [K in keyof RecordedRequest]: RecordedRequest[K] };

const SECRET: RegExp =
  /^(TokenCode|ExternalId|WebIdentityToken|SAMLAssertion|ProviderId\.Token|X-Amz-Security-Token|X-Amz-Signature)$/;

/** Copies parameters with those masked that must not end up in a log of tests. */
export const maskParams = (params: Iterable<readonly [string, string]>): Readonly<Record<string, string>> =>
  Object.fromEntries([...params].map(([name, value]) => [name, SECRET.test(name) ? '***' : value]));
