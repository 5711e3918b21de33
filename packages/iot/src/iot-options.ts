import type { Agent } from 'node:http';
import {
  type CacheLimits,
  type ClientDefaults,
  type Clock,
  checkOptions,
  checkRefreshOptions,
  isDuration,
  isInteger,
  isObject,
  isRegion,
  isText,
  type OptionCheck,
  type OptionChecks,
  optionInvalid,
  type RefreshOptions,
} from '@bsm/core-cache';
import { isCredentialEndpoint } from './parse-endpoint.js';
import { isPkcs11, type Pkcs11Options } from './pkcs11/pkcs11-options.js';

/** What a file has in it: a path, which is looked at again at each refresh, or the content as PEM text or bytes. */
export type Material = string | Uint8Array;

/** Whom a device trusts, whatever proves its own identity. */
export interface TrustOptions {
  /** Authorities that may have signed the endpoint's certificate, instead of those that Node knows (Amazon's are among them). */
  readonly ca?: Material | undefined;
}

/** A certificate with its private key. */
export interface PemIdentity extends TrustOptions {
  /** The certificate, followed by those of intermediate authorities if there are any. */
  readonly certificate: Material;
  /** Its key: PKCS#8, PKCS#1 or SEC1, RSA or EC, also encrypted. */
  readonly privateKey: Material;
  /** Of an encrypted key. */
  readonly passphrase?: string | undefined;
  readonly pkcs12?: undefined;
  readonly pkcs11?: undefined;
}

/** A certificate and its key in one file of the PKCS#12 format. */
export interface Pkcs12Identity extends TrustOptions {
  /** A path, or the bytes. */
  readonly pkcs12: Material;
  readonly passphrase?: string | undefined;
  readonly certificate?: undefined;
  readonly privateKey?: undefined;
  readonly pkcs11?: undefined;
}

/** A certificate whose private key is in a token. */
export interface Pkcs11Identity extends TrustOptions {
  readonly certificate: Material;
  readonly pkcs11: Pkcs11Options;
  readonly pkcs12?: undefined;
  readonly privateKey?: undefined;
  readonly passphrase?: undefined;
}

/** What proves the identity of a device. */
export type DeviceIdentity = PemIdentity | Pkcs12Identity | Pkcs11Identity;

/** Which credentials a device asks for, and how. */
export interface CredentialEndpointOptions {
  /**
   * `host[:port]` of the credential endpoint, as `aws iot describe-endpoint --endpoint-type iot:CredentialProvider` prints it: any
   * region, partition, FIPS or custom domain. Never rewritten.
   */
  readonly endpoint: string;
  /** Name of the role alias, 1 to 128 characters of `A-Z a-z 0-9 _ = , @ -`. */
  readonly roleAlias: string;
  /** Thing that the certificate is attached to. Needed where a policy of the role uses thing variables. */
  readonly thingName?: string | undefined;
  /** Of the session's clients. Default: the one in AWS's name of the endpoint, else as in `createSession`. */
  readonly region?: string | (() => Promise<string>) | undefined;
  /**
   * 900 to 43,200, sent as the header `x-amzn-iot-credential-duration-seconds`, which AWS does not document. The documented
   * lifetime is that of the role alias.
   */
  readonly durationSeconds?: number | undefined;
  /** Name that is asked for by SNI and that the endpoint's certificate must have. Default: the host of `endpoint`. */
  readonly servername?: string | undefined;
  /** Offered to the endpoint in the TLS handshake. Default none, as AWS's credential endpoint wants none. */
  readonly alpnProtocols?: readonly string[] | undefined;
  /** Deadline of one request, with its handshake. Default 10,000. */
  readonly timeoutMs?: number | undefined;
  /** Agent of Node or of a proxy package, which stays yours to end. Default: one of the session's own, kept alive. */
  readonly agent?: Agent | undefined;
  readonly refresh?: RefreshOptions | undefined;
  /** What tells the time to expiry, windows and back-off. Default: the system's. Requests keep real time. */
  readonly clock?: Clock | undefined;
}

/** Options of `fromIotCertificate`. */
export type IotOptions = CredentialEndpointOptions & DeviceIdentity;

/** Options of `iotSession`: those of the credentials, and those of `createSession` that concern clients. */
export type IotSessionOptions = IotOptions & {
  readonly clientDefaults?: ClientDefaults | undefined;
  readonly clientCache?: CacheLimits | undefined;
  readonly resourceCache?: CacheLimits | undefined;
};

/**
 * Checks the options of a device.
 *
 * @throws BsmError `ERR_BSM_OPTION_INVALID`, naming the option and never its value.
 */
export function checkIotOptions(
  subject: string,
  options: IotSessionOptions,
  checks: Readonly<Record<string, OptionCheck>> = sessionChecks(),
): void {
  // As its members, not as the union of three kinds, whose checks are below.
  checkOptions<IotSessionOptions>(subject, options ?? null, checks as OptionChecks<IotSessionOptions>);
  for (const name of ['endpoint', 'roleAlias'] as const) {
    if (options[name] === undefined) throw optionInvalid(subject, name, 'given');
  }
  checkIdentity(subject, options);
  checkRefreshOptions(subject, options.refresh, 'refresh.');
}

/** Refuses what is no identity: half of one, or two at once. */
function checkIdentity(subject: string, identity: DeviceIdentity): void {
  const { certificate, privateKey, pkcs12, pkcs11, passphrase } = identity;
  if (pkcs12 !== undefined) {
    for (const [name, value] of Object.entries({ certificate, privateKey, pkcs11 })) {
      if (value !== undefined) throw optionInvalid(subject, name, 'absent beside pkcs12, which has it');
    }
    return;
  }
  if (certificate === undefined) throw optionInvalid(subject, 'certificate', 'given, or else pkcs12');
  if ((privateKey === undefined) === (pkcs11 === undefined)) {
    throw optionInvalid(subject, 'privateKey', 'given, or else pkcs11: one of the two');
  }
  if (pkcs11 !== undefined && passphrase !== undefined) {
    throw optionInvalid(subject, 'passphrase', 'absent beside pkcs11, which has a PIN');
  }
}

/** Accepts a path, PEM text, or bytes. */
export const isMaterial: OptionCheck = (value) => {
  if (value instanceof Uint8Array) return value.length > 0 ? undefined : 'bytes that are not empty';
  if (typeof value !== 'string' || value.trim() === '') return 'a path, PEM text, or bytes';
  return isPem(value) || !/[\0\n\r]/.test(value) ? undefined : 'a path, PEM text with its BEGIN line, or bytes';
};

/** Tells PEM text from a path: no path has such a line, also when text stands before it. */
export function isPem(value: string): boolean {
  return value.includes('-----BEGIN ');
}

/** Accepts an agent that verifies servers. */
export const isAgent: OptionCheck = (value) => {
  const agent = value as { addRequest?: unknown; options?: { rejectUnauthorized?: unknown } } | null;
  if (typeof agent?.addRequest !== 'function') return 'an agent of node:https or of a proxy package';
  return agent.options?.rejectUnauthorized === false
    ? 'an agent that verifies the certificates of servers: rejectUnauthorized is false in it. Pass ca to trust a private authority'
    : undefined;
};

const isMatch =
  (pattern: RegExp, expected: string): OptionCheck =>
  (value) =>
    typeof value === 'string' && pattern.test(value) ? undefined : expected;

const isTextList: OptionCheck = (value, name) =>
  Array.isArray(value) && value.length > 0 && value.every((item) => isText(item, name) === undefined)
    ? undefined
    : 'a list of names of protocols';

const anything: OptionCheck = () => undefined;

/** Checks of the options that concern credentials. */
export function credentialChecks(): Readonly<Record<string, OptionCheck>> {
  return {
    endpoint: isCredentialEndpoint,
    roleAlias: isMatch(/^[\w=,@-]{1,128}$/, 'a name of 1 to 128 letters, digits or _=,@-'),
    thingName: isMatch(/^[\w:-]{1,128}$/, 'a name of 1 to 128 letters, digits or :_-'),
    region: isRegion,
    durationSeconds: isInteger(900, 43_200),
    certificate: isMaterial,
    privateKey: isMaterial,
    passphrase: isText,
    ca: isMaterial,
    pkcs12: isMaterial,
    pkcs11: isPkcs11,
    servername: isMatch(/^[\w.-]{1,253}$/, 'a host name'),
    alpnProtocols: isTextList,
    timeoutMs: isDuration(1),
    agent: isAgent,
    refresh: isObject,
    // Checked where the session is made, as are the next three.
    clock: anything,
  };
}

function sessionChecks(): Readonly<Record<string, OptionCheck>> {
  return { ...credentialChecks(), clientDefaults: anything, clientCache: anything, resourceCache: anything };
}
