import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { signCertificate, type X509Issuer, type X509Request } from './x509.js';

/** Kinds of keys that devices have. */
export type KeyType = 'ec' | 'rsa';

/** An authority that lives as long as a test. */
export interface CertificateAuthority {
  /** Its own certificate. */
  readonly certificate: string;
  issue(request: Omit<X509Request, 'issuer' | 'notBefore' | 'notAfter'> & Validity): string;
  /** An authority below this one. */
  createIntermediate(commonName: string): CertificateAuthority;
}

/** From when to when a certificate is valid. */
export interface Validity {
  readonly notBefore?: Date | undefined;
  readonly notAfter?: Date | undefined;
}

const DAY_MS = 86_400_000;

/** Makes an authority with an EC key of its own; `parent` signs it, or it signs itself. */
export function createAuthority(commonName: string, parent?: X509Issuer): CertificateAuthority {
  const issuer: X509Issuer = { commonName, ...makeKeyPair('ec') };
  const certificate = signCertificate({
    commonName,
    publicKey: issuer.publicKey,
    issuer: parent ?? issuer,
    ...validity({}),
    use: 'authority',
  });
  return {
    certificate,
    issue: (request) => signCertificate({ ...request, ...validity(request), issuer }),
    createIntermediate: (name) => createAuthority(name, issuer),
  };
}

/** Makes a key pair: P-256 or RSA of 2048 bits. */
export function makeKeyPair(type: KeyType): { readonly privateKey: KeyObject; readonly publicKey: KeyObject } {
  return type === 'rsa'
    ? generateKeyPairSync('rsa', { modulusLength: 2048 })
    : generateKeyPairSync('ec', { namedCurve: 'P-256' });
}

/** TLS goes by the real time, whatever the virtual clock says. */
function validity({ notBefore, notAfter }: Validity): { readonly notBefore: Date; readonly notAfter: Date } {
  return {
    notBefore: notBefore ?? new Date(Math.min(Date.now(), notAfter?.getTime() ?? Infinity) - DAY_MS),
    notAfter: notAfter ?? new Date(Date.now() + 30 * DAY_MS),
  };
}
