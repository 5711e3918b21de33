import { createHash, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isIP } from 'node:net';
import {
  type Der,
  derBits,
  derBoolean,
  derElement,
  derInteger,
  derNull,
  derOctets,
  derOid,
  derSequence,
  derSet,
  derTagged,
  derTaggedBytes,
  derText,
  derTime,
  toPem,
} from './der.js';

/** Who signs certificates: a name and a key. */
export interface X509Issuer {
  readonly commonName: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** What a certificate says. */
export interface X509Request {
  readonly commonName: string;
  readonly publicKey: KeyObject;
  readonly issuer: X509Issuer;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly use: 'authority' | 'server' | 'client';
  /** Host names and addresses of a server. */
  readonly names?: readonly string[];
}

/** Writes and signs an X.509 certificate of version 3 (RFC 5280), as PEM text. */
export function signCertificate(request: X509Request): string {
  const { issuer } = request;
  const algorithm = signatureAlgorithm(issuer.privateKey);
  const content = derSequence(
    derTagged(0, derInteger(Buffer.from([2]))),
    derInteger(randomBytes(16)),
    algorithm,
    distinguishedName(issuer.commonName),
    derSequence(derTime(request.notBefore), derTime(request.notAfter)),
    distinguishedName(request.commonName),
    spki(request.publicKey),
    derTagged(3, derSequence(...extensions(request))),
  );
  return toPem('CERTIFICATE', derSequence(content, algorithm, derBits(sign('sha256', content, issuer.privateKey))));
}

function signatureAlgorithm({ asymmetricKeyType }: KeyObject): Der {
  return asymmetricKeyType === 'rsa'
    ? derSequence(derOid('1.2.840.113549.1.1.11'), derNull())
    : derSequence(derOid('1.2.840.10045.4.3.2'));
}

const distinguishedName = (commonName: string): Der =>
  derSequence(derSet(derSequence(derOid('2.5.4.3'), derText(commonName))));

const spki = (key: KeyObject): Der => key.export({ type: 'spki', format: 'der' });

const keyId = (key: KeyObject): Der => createHash('sha1').update(spki(key)).digest();

function extensions({ use, names = [], publicKey, issuer }: X509Request): Der[] {
  const isAuthority = use === 'authority';
  return [
    extension('2.5.29.19', derSequence(...(isAuthority ? [derBoolean(true)] : [])), true),
    // Bits from the left: digitalSignature 0, keyEncipherment 2, keyCertSign 5, cRLSign 6.
    extension('2.5.29.15', isAuthority ? derBits(Buffer.from([0x06]), 1) : derBits(Buffer.from([0xa0]), 5), true),
    extension('2.5.29.14', derOctets(keyId(publicKey))),
    extension('2.5.29.35', derSequence(derTaggedBytes(0, keyId(issuer.publicKey)))),
    ...(isAuthority
      ? []
      : [extension('2.5.29.37', derSequence(derOid(`1.3.6.1.5.5.7.3.${use === 'server' ? 1 : 2}`)))]),
    ...(names.length === 0 ? [] : [extension('2.5.29.17', derSequence(...names.map(generalName)))]),
  ];
}

function extension(oid: string, value: Der, critical = false): Der {
  return derSequence(derOid(oid), ...(critical ? [derBoolean(true)] : []), derOctets(value));
}

/** A host name, or the four bytes of an address. */
function generalName(name: string): Der {
  if (isIP(name) !== 4) return derElement(0x82, Buffer.from(name));
  return derElement(0x87, Buffer.from(name.split('.').map(Number)));
}
