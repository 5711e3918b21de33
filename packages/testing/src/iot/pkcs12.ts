import { createHash, createHmac, type KeyObject, randomBytes } from 'node:crypto';
import { type Der, derInteger, derNull, derOctets, derOid, derSequence, derTagged } from './der.js';

const ITERATIONS = 2048;

/** Writes certificates and their key as a file of the PKCS#12 format (RFC 7292), as current tools do: AES, and SHA-256 for the MAC. */
export function writePkcs12(certificates: string, privateKey: KeyObject, passphrase: string): Buffer {
  const shrouded = privateKey.export({ type: 'pkcs8', format: 'der', cipher: 'aes-256-cbc', passphrase });
  const bags = [
    ...certificatesOf(certificates).map((der) =>
      safeBag(
        '1.2.840.113549.1.12.10.1.3',
        derSequence(derOid('1.2.840.113549.1.9.22.1'), derTagged(0, derOctets(der))),
      ),
    ),
    safeBag('1.2.840.113549.1.12.10.1.2', shrouded),
  ];
  const content = derSequence(dataContent(derSequence(...bags)));
  return derSequence(derInteger(Buffer.from([3])), dataContent(content), macData(content, passphrase));
}

const safeBag = (oid: string, value: Uint8Array): Der => derSequence(derOid(oid), derTagged(0, value));

const dataContent = (content: Uint8Array): Der =>
  derSequence(derOid('1.2.840.113549.1.7.1'), derTagged(0, derOctets(content)));

function macData(content: Uint8Array, passphrase: string): Der {
  const salt = randomBytes(16);
  const mac = createHmac('sha256', macKey(passphrase, salt)).update(content).digest();
  const digest = derSequence(derSequence(derOid('2.16.840.1.101.3.4.2.1'), derNull()), derOctets(mac));
  return derSequence(digest, derOctets(salt), derInteger(Buffer.from([ITERATIONS >> 8, ITERATIONS & 0xff])));
}

/** The key derivation of RFC 7292, appendix B, for a key as long as the digest. */
function macKey(passphrase: string, salt: Buffer): Buffer {
  const password = Buffer.from(`${passphrase}\0`, 'utf16le').swap16();
  let digest = Buffer.concat([Buffer.alloc(64, 3), fill(salt), fill(password)]);
  for (let round = 0; round < ITERATIONS; round++) digest = createHash('sha256').update(digest).digest();
  return digest;
}

/** Repeats bytes to whole blocks of SHA-256. */
const fill = (bytes: Buffer): Buffer => Buffer.alloc(Math.ceil(bytes.length / 64) * 64, bytes);

const certificatesOf = (pem: string): Buffer[] =>
  [...pem.matchAll(/-----BEGIN CERTIFICATE-----([^-]+)/g)].map(([, body = '']) => Buffer.from(body, 'base64'));
