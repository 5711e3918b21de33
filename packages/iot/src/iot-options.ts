import type { Agent } from 'node:http';
import {
  type CacheLimits,
  type ClientDefaults,
  type Clock,
  isDuration,
  isInteger,
  isText,
  type OptionCheck,
  type OptionChecks,
  type RefreshOptions,
} from '@bsm/core-cache';
import { accept, anything, areProtocols, assertThat, checkRequired, isName } from './option-checks.js';
import { isCredentialEndpoint, isHostName } from './parse-endpoint.js';
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
  /** Deadline of one refresh, with its handshake and one more try when a connection that was kept has died. Default 10,000. */
  readonly timeoutMs?: number | undefined;
  /**
   * Agent of Node or of a proxy package, which stays yours to end. Default: one of the session's own, kept alive. It keeps the
   * connections of each session apart, so that `maxSockets` counts for each, `maxTotalSockets` for all. One that resumes TLS sessions
   * by itself is not trusted, since a resumed connection does not show a certificate.
   */
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
  // As its members, not as the union of three kinds, which are told apart below.
  checkRequired<IotSessionOptions>(subject, options, checks as OptionChecks<IotSessionOptions>, [
    'endpoint',
    'roleAlias',
  ]);
  checkIdentity(subject, options);
}

/** What is absent beside the option that has the key. */
const ABSENT = {
  pkcs12: ['certificate', 'privateKey', 'pkcs11'],
  pkcs11: ['privateKey', 'passphrase'],
  privateKey: [],
} as const;

/** Refuses what is no identity: half of one, or two at once. */
function checkIdentity(subject: string, identity: DeviceIdentity): void {
  const isGiven = (name: keyof PemIdentity): boolean => identity[name] !== undefined;
  const holder = isGiven('pkcs12') ? 'pkcs12' : isGiven('pkcs11') ? 'pkcs11' : 'privateKey';
  for (const name of ABSENT[holder]) assertThat(!isGiven(name), subject, name, `absent beside ${holder}`);
  if (holder === 'pkcs12') return;
  for (const name of ['certificate', holder] as const) {
    assertThat(isGiven(name), subject, name, 'given: certificate with privateKey or pkcs11, or pkcs12');
  }
}

/** Accepts a path, PEM text, or bytes. */
export const isMaterial: OptionCheck = /* @__PURE__ */ accept(
  (value) =>
    value instanceof Uint8Array
      ? value.length
      : typeof value === 'string' && value.trim() && (isPem(value) || !/[\0\n\r]/.test(value)),
  'a path, PEM text with its BEGIN line, or bytes',
);

/** Tells PEM text from a path: no path has such a line, also when text stands before it. */
export function isPem(value: string): boolean {
  return value.includes('-----BEGIN ');
}

/** Accepts an agent that verifies servers. */
export const isAgent: OptionCheck = /* @__PURE__ */ accept((value) => {
  const agent = value as { addRequest?: unknown; options?: { rejectUnauthorized?: unknown } } | null;
  return typeof agent?.addRequest === 'function' && agent.options?.rejectUnauthorized !== false;
}, 'an https agent without rejectUnauthorized: false (pass ca instead)');

const isTextList: OptionCheck = /* @__PURE__ */ accept(
  (value) => Array.isArray(value) && value.length && areProtocols(value),
  'a list of protocols',
);

/** Checks of the options that concern credentials. Those of a session are checked where it is made. */
export function credentialChecks(): Readonly<Record<string, OptionCheck>> {
  return {
    endpoint: isCredentialEndpoint,
    roleAlias: isName('=,@-'),
    thingName: isName(':-'),
    region: anything,
    durationSeconds: isInteger(900, 43_200),
    certificate: isMaterial,
    privateKey: isMaterial,
    passphrase: isText,
    ca: isMaterial,
    pkcs12: isMaterial,
    pkcs11: isPkcs11,
    servername: isHostName,
    alpnProtocols: isTextList,
    timeoutMs: isDuration(1),
    agent: isAgent,
    refresh: anything,
    clock: anything,
  };
}

function sessionChecks(): Readonly<Record<string, OptionCheck>> {
  return { ...credentialChecks(), clientDefaults: anything, clientCache: anything, resourceCache: anything };
}
