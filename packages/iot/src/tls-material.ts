import { createPrivateKey, X509Certificate } from 'node:crypto';
import { createSecureContext, type SecureContext, type SecureContextOptions } from 'node:tls';
import type { DeviceIdentity, Material } from './iot-options.js';
import type { LoadTokenKey } from './pkcs11/create-token-key-loader.js';
import { materialInvalid, materialStamps, readMaterial } from './read-material.js';

/** Where the private key of a device comes from. */
export type KeySource = 'pem' | 'pkcs12' | 'engine' | 'provider' | 'crt';

/** A device's identity, ready for a TLS connection. */
export interface TlsMaterial {
  /** For `tls.connect`, `https.request` and everything that hands it on to them. */
  readonly secureContext: SecureContext;
  readonly keySource: KeySource;
  /** The certificate of the device; undefined in PKCS#12. */
  readonly certificate: X509Certificate | undefined;
}

/**
 * Makes what reads the identity of a device.
 *
 * Each call looks at the files. While none has changed the same object is returned, and the key is not loaded again; afterwards the
 * new files are read, so that a rotated certificate needs no restart. Calls at the same time share one reading.
 *
 * @throws BsmError `ERR_BSM_CERTIFICATE_INVALID`, `ERR_BSM_PRIVATE_KEY_INVALID`, `ERR_BSM_PKCS11_FAILED`. The next call tries again.
 */
export function createTlsMaterial(identity: DeviceIdentity): () => Promise<TlsMaterial> {
  let held: { readonly stamp: string; readonly material: TlsMaterial } | undefined;
  let loading: Promise<TlsMaterial> | undefined;
  // Kept, since it remembers a PIN that was refused.
  let loadKey: LoadTokenKey | undefined;

  async function load(): Promise<TlsMaterial> {
    // Before the files are read: one that changes meanwhile is read again next time.
    const stamp = await materialStamps(identity);
    if (held?.stamp === stamp) return held.material;
    if (identity.pkcs11 !== undefined) {
      const { createTokenKeyLoader } = await import('@bsm/iot/pkcs11');
      loadKey ??= createTokenKeyLoader(identity.pkcs11);
    }
    held = { stamp, material: await buildMaterial(identity, loadKey) };
    return held.material;
  }

  return () => {
    loading ??= load().finally(() => {
      loading = undefined;
    });
    return loading;
  };
}

async function buildMaterial(identity: DeviceIdentity, loadKey: LoadTokenKey | undefined): Promise<TlsMaterial> {
  const trust = await readTrust(identity);
  if (identity.pkcs12 !== undefined) return pkcs12Material(identity, trust);
  const cert = await readMaterial('certificate', identity.certificate);
  const certificate = parseCertificate('certificate', cert);
  if (loadKey !== undefined) {
    const { keySource, secureContext } = await loadKey({ ...trust, cert });
    return { certificate, keySource, secureContext };
  }
  const key = await readMaterial('privateKey', identity.privateKey as Material);
  const { passphrase } = identity;
  checkPrivateKey(certificate, key, passphrase);
  return { certificate, keySource: 'pem', secureContext: createSecureContext({ ...trust, cert, key, passphrase }) };
}

async function readTrust({ ca: authorities }: DeviceIdentity): Promise<SecureContextOptions> {
  // Node would take a lower version from its command line.
  if (authorities === undefined) return { minVersion: 'TLSv1.2' };
  const ca = await readMaterial('ca', authorities);
  // Node passes over what is no certificate, and would trust nobody.
  parseCertificate('ca', ca);
  return { minVersion: 'TLSv1.2', ca };
}

/**
 * Reads the first certificate.
 *
 * @throws BsmError `ERR_BSM_CERTIFICATE_INVALID`.
 */
export function parseCertificate(option: string, pem: Buffer): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch {
    throw materialInvalid(option, 'holds no certificate: PEM text with a BEGIN CERTIFICATE line is needed');
  }
}

/** Loads the key by itself first, since the errors of a secure context do not say what of it is wrong. */
function checkPrivateKey(certificate: X509Certificate, key: Buffer, passphrase: string | undefined): void {
  let pair: boolean;
  try {
    pair = certificate.checkPrivateKey(createPrivateKey({ key, passphrase }));
  } catch (error) {
    // The codes of OpenSSL differ by version and by chance: a wrong passphrase makes junk of a key, and all junk looks different.
    const [option, what] = !key.includes('ENCRYPTED')
      ? ['privateKey', 'holds no private key that can be read: PEM text, PKCS#8, PKCS#1 or SEC1, RSA or EC']
      : [
          'passphrase',
          passphrase === undefined ? 'is needed: the private key is encrypted' : 'does not open the private key',
        ];
    throw materialInvalid(option, what, error);
  }
  if (!pair) throw materialInvalid('privateKey', 'does not belong to the certificate: the two are no pair');
}

async function pkcs12Material(
  { pkcs12, passphrase }: DeviceIdentity,
  trust: SecureContextOptions,
): Promise<TlsMaterial> {
  const pfx = await readMaterial('pkcs12', pkcs12 as Material);
  try {
    const secureContext = createSecureContext({ ...trust, pfx, passphrase });
    return { certificate: undefined, keySource: 'pkcs12', secureContext };
  } catch (error) {
    const { message } = error as Error;
    if (/mac verify/i.test(message)) throw materialInvalid('passphrase', 'does not open the PKCS#12 file', error);
    throw materialInvalid(
      'pkcs12',
      'is no PKCS#12 file that OpenSSL 3 reads: one from an older tool has to be written again with AES',
      error,
    );
  }
}
