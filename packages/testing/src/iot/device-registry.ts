import { createPublicKey, type KeyObject, X509Certificate } from 'node:crypto';
import { FakeAwsError } from '../fake-aws-error.js';
import {
  boolean,
  checkOptions,
  date,
  listOf,
  matching,
  type OptionRule,
  type OptionRules,
  oneOf,
  rule,
  text,
} from '../option-check.js';
import { type CertificateAuthority, createAuthority, type KeyType, makeKeyPair } from './certificate-authority.js';
import { writePkcs12 } from './pkcs12.js';

/** What AWS IoT keeps about a certificate that is registered. */
export interface RegisteredCertificate {
  active: boolean;
  readonly things: Set<string>;
  /** Role aliases that its policy allows; `undefined` for all. */
  roleAliases: ReadonlySet<string> | undefined;
}

/** How a certificate is registered. */
export interface RegisterCertificateOptions {
  /** Default `true`. */
  readonly active?: boolean | undefined;
  /** Names of the things that it is attached to. Default: none. */
  readonly things?: readonly string[] | undefined;
  /** Role aliases that its policy allows in `iot:AssumeRoleWithCertificate`. Default: all. */
  readonly roleAliases?: readonly string[] | undefined;
}

/** A certificate to issue. */
export interface IssueCertificateOptions extends RegisterCertificateOptions {
  /** Default `ec`, P-256; `rsa` has 2048 bits. */
  readonly keyType?: KeyType | undefined;
  /** Certifies this key, which may be in a token, instead of a new pair: the public key, or a PEM of it. */
  readonly publicKey?: KeyObject | string | undefined;
  /** `ca` (default), `intermediate`: an authority below it, whose certificate follows in `certificate`; `stranger`: one unknown to the endpoint. */
  readonly signedBy?: 'ca' | 'intermediate' | 'stranger' | undefined;
  /** In real time, which TLS goes by. Default: from a day ago for a month. */
  readonly notBefore?: Date | undefined;
  readonly notAfter?: Date | undefined;
  /** Encrypts the private key, as PKCS#8. */
  readonly passphrase?: string | undefined;
  /** `false`: signed by the authority but not known to AWS IoT. Default `true`. */
  readonly registered?: boolean | undefined;
}

/** A certificate of a device, and its entry in the registry. */
export interface FakeDeviceCertificate {
  /** PEM text, with the intermediate authority's behind it if there is one. */
  readonly certificate: string;
  /** PEM text of PKCS#8; empty for a `publicKey` that was given. */
  readonly privateKey: string;
  /** SHA-256 of the certificate in hexadecimal digits: its id in AWS IoT, and the name of its role sessions. */
  readonly certificateId: string;
  /** Both in one file of the PKCS#12 format; not for a `publicKey` that was given. */
  pkcs12(passphrase: string): Buffer;
  setActive(active: boolean): void;
  attachThing(thingName: string): void;
  detachThing(thingName: string): void;
  /** Replaces its policy: role aliases, or `undefined` for all. */
  allowRoleAliases(roleAliases: readonly string[] | undefined): void;
}

/** The certificates of one account, and the authorities behind them. */
export interface DeviceRegistry {
  /** Signs the endpoint too. */
  readonly authority: CertificateAuthority;
  find(certificateId: string): RegisteredCertificate | undefined;
  readonly issue: (options?: IssueCertificateOptions) => FakeDeviceCertificate;
  readonly register: (certificate: string, options?: RegisterCertificateOptions) => FakeDeviceCertificate;
}

export function createDeviceRegistry(): DeviceRegistry {
  const authority = createAuthority('Fake AWS IoT CA');
  const known = new Map<string, RegisteredCertificate>();
  // Made when asked for, since keys cost time.
  const signers = { ca: authority } as Partial<Record<Signer, CertificateAuthority>>;
  const signer = (name: Signer): CertificateAuthority =>
    (signers[name] ??=
      name === 'stranger'
        ? createAuthority('Another CA')
        : authority.createIntermediate('Fake AWS IoT intermediate CA'));

  function add(
    certificate: string,
    key: KeyObject | undefined,
    options: RegisterCertificateOptions & Pick<IssueCertificateOptions, 'registered' | 'passphrase'>,
  ): FakeDeviceCertificate {
    const entry: RegisteredCertificate = {
      active: options.active ?? true,
      things: new Set(options.things),
      roleAliases: options.roleAliases && new Set(options.roleAliases),
    };
    const certificateId = fingerprint(certificate);
    if (options.registered !== false) known.set(certificateId, entry);
    return {
      certificate,
      privateKey: key === undefined ? '' : privateKeyPem(key, options.passphrase),
      certificateId,
      pkcs12(passphrase) {
        if (key === undefined) throw new FakeAwsError('publicKey', 'must be absent where PKCS#12 is asked for');
        return writePkcs12(certificate, key, passphrase);
      },
      setActive(active) {
        entry.active = active;
      },
      attachThing: (name) => void entry.things.add(name),
      detachThing: (name) => void entry.things.delete(name),
      allowRoleAliases(roleAliases) {
        entry.roleAliases = roleAliases && new Set(roleAliases);
      },
    };
  }

  return {
    authority,
    find: (certificateId) => known.get(certificateId),
    issue(options = {}) {
      checkOptions<IssueCertificateOptions>(options, issueRules());
      const { publicKey, keyType = 'ec', signedBy = 'ca', notBefore, notAfter } = options;
      const pair = publicKey === undefined ? makeKeyPair(keyType) : { publicKey: publicKeyOf(publicKey) };
      const signing = signer(signedBy);
      const leaf = signing.issue({
        commonName: 'AWS IoT Certificate',
        publicKey: pair.publicKey,
        notBefore,
        notAfter,
        use: 'client',
      });
      const chain = signedBy === 'intermediate' ? leaf + signing.certificate : leaf;
      return add(chain, 'privateKey' in pair ? pair.privateKey : undefined, options);
    },
    register(certificate, options = {}) {
      checkOptions<RegisterCertificateOptions>(options, registerRules());
      return add(certificate, undefined, options);
    },
  };
}

type Signer = NonNullable<IssueCertificateOptions['signedBy']>;

function privateKeyPem(key: KeyObject, passphrase: string | undefined): string {
  const encryption = passphrase === undefined ? {} : { cipher: 'aes-256-cbc', passphrase };
  return key.export({ type: 'pkcs8', format: 'pem', ...encryption }).toString();
}

function publicKeyOf(key: KeyObject | string): KeyObject {
  try {
    return typeof key === 'string' ? createPublicKey(key) : key.type === 'private' ? createPublicKey(key) : key;
  } catch {
    throw new FakeAwsError('publicKey', 'must be a public key');
  }
}

function fingerprint(certificate: string): string {
  try {
    return certificateIdOf(new X509Certificate(certificate).fingerprint256);
  } catch {
    throw new FakeAwsError('certificate', 'must be a certificate in PEM');
  }
}

/** Turns a fingerprint as OpenSSL prints it into the id of a certificate in AWS IoT. */
export const certificateIdOf = (fingerprint256: string): string => fingerprint256.replaceAll(':', '').toLowerCase();

/** Names of things in AWS IoT. */
const thingName = (): OptionRule => matching(/^[\w:-]{1,128}$/, 'must be 1 to 128 letters, digits or :_-');
/** Names of role aliases in AWS IoT. */
export const roleAliasName = (): OptionRule =>
  matching(/^[\w=,@-]{1,128}$/, 'must be 1 to 128 letters, digits or _=,@-');

const registerRules = (): OptionRules<RegisterCertificateOptions> => ({
  active: boolean(),
  things: listOf(thingName()),
  roleAliases: listOf(roleAliasName()),
});

const issueRules = (): OptionRules<IssueCertificateOptions> => ({
  ...registerRules(),
  keyType: oneOf('ec', 'rsa'),
  publicKey: rule('must be a public key', (value) => typeof value === 'string' || typeof value === 'object'),
  signedBy: oneOf('ca', 'intermediate', 'stranger'),
  notBefore: date(),
  notAfter: date(),
  passphrase: text(),
  registered: boolean(),
});
