import { createPrivateKey, X509Certificate } from 'node:crypto';
import { createSecureContext } from 'node:tls';
import { BsmError } from '@bsm/core-cache';
import type { Material } from './iot-options.js';
import { readMaterial } from './read-material.js';
import { certificatePem } from './tls-material.js';

/** The options of an identity that are read. */
export interface Materials {
  readonly ca?: Material | undefined;
  readonly certificate?: Material | undefined;
  readonly privateKey?: Material | undefined;
  readonly pkcs12?: Material | undefined;
  readonly passphrase?: string | undefined;
  readonly pkcs11?: unknown;
}

/**
 * Finds the option that cannot be used by looking at them one by one: `ERR_BSM_CERTIFICATE_INVALID` or `ERR_BSM_PRIVATE_KEY_INVALID`.
 * When each can be used by itself, only OpenSSL knows; what a token was needed for stays as it is.
 */
export async function explainMaterial(materials: Materials, error: unknown): Promise<unknown> {
  try {
    await examine(materials);
  } catch (found) {
    return found;
  }
  if (materials.pkcs11 !== undefined) return error;
  return new BsmError('ERR_BSM_CERTIFICATE_INVALID', 'Cannot read or use the identity of the device, see the cause.', {
    retryable: true,
    cause: error,
  });
}

async function examine({ ca, certificate, privateKey, pkcs12, passphrase }: Materials): Promise<void> {
  if (ca !== undefined) await examineCertificate('ca', ca);
  if (pkcs12 !== undefined) return examinePkcs12(await readOption('pkcs12', pkcs12), passphrase);
  if (certificate === undefined) return;
  const parsed = await examineCertificate('certificate', certificate);
  if (privateKey !== undefined) examineKey(parsed, await readOption('privateKey', privateKey), passphrase);
}

/** The path is not shown, since it could be a key without its first line. */
async function readOption(option: string, material: Material): Promise<Buffer> {
  return readMaterial(material).catch((error: unknown) => {
    const { code = 'no file' } = error as { code?: string };
    throw materialInvalid(option, `cannot be read as a file (${code}); a text without a BEGIN line is taken as a path`);
  });
}

async function examineCertificate(option: string, material: Material): Promise<X509Certificate> {
  const content = await readOption(option, material);
  let pem: string;
  try {
    pem = certificatePem(content);
  } catch {
    throw materialInvalid(option, 'holds no certificate: PEM text with a BEGIN CERTIFICATE line is needed, or DER');
  }
  if (option === 'certificate') examineChain(pem);
  return new X509Certificate(pem);
}

function examineChain(cert: string): void {
  try {
    createSecureContext({ cert });
  } catch (error) {
    throw refusedByOpenSsl(
      'certificate',
      'is refused by OpenSSL; what follows the first certificate must be certificates too',
      error,
    );
  }
}

function examineKey(certificate: X509Certificate, key: Buffer, passphrase: string | undefined): void {
  let pair: boolean;
  try {
    pair = certificate.checkPrivateKey(createPrivateKey({ key, passphrase }));
  } catch (error) {
    // The codes of OpenSSL differ by version and by chance: a wrong passphrase makes junk of a key, and all junk looks different.
    const [option, what] = !key.includes('ENCRYPTED')
      ? [
          'privateKey',
          'holds no private key that can be read: PEM text, PKCS#8, PKCS#1 or SEC1, RSA or EC. Convert DER by openssl pkey -inform DER',
        ]
      : [
          'passphrase',
          passphrase === undefined ? 'is needed: the private key is encrypted' : 'does not open the private key',
        ];
    throw materialInvalid(option, what, error);
  }
  if (!pair) throw materialInvalid('privateKey', 'does not belong to the certificate: the two are no pair');
}

function examinePkcs12(pfx: Buffer, passphrase: string | undefined): void {
  try {
    createSecureContext({ pfx, passphrase });
  } catch (error) {
    const { message } = error as Error;
    if (/mac verify/i.test(message)) throw materialInvalid('passphrase', 'does not open the PKCS#12 file', error);
    throw refusedByOpenSsl(
      'pkcs12',
      'is no PKCS#12 file that OpenSSL 3 reads: one from an older tool has to be written again with AES',
      error,
    );
  }
}

function refusedByOpenSsl(option: string, what: string, error: unknown): BsmError {
  const isWeak = /too (small|weak)/i.test((error as Error).message);
  const why = isWeak ? 'is too weak for OpenSSL: RSA keys need 2,048 bits, signatures SHA-256' : what;
  return materialInvalid(option, why, error);
}

/** Makes the error of an option that holds something else than it should. Files may be mended, so trying again can help. */
function materialInvalid(option: string, what: string, cause?: unknown): BsmError {
  const isSecret = option === 'privateKey' || option === 'passphrase' || option === 'pkcs12';
  return new BsmError(
    isSecret ? 'ERR_BSM_PRIVATE_KEY_INVALID' : 'ERR_BSM_CERTIFICATE_INVALID',
    `The option "${option}" ${what}.`,
    { retryable: true, cause, details: { option } },
  );
}
