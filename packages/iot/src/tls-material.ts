import { createPrivateKey, X509Certificate } from 'node:crypto';
import { createSecureContext, type SecureContext } from 'node:tls';
import { explained } from './explained.js';
import { type DeviceIdentity, isPem } from './iot-options.js';
import type { LoadTokenKey } from './pkcs11/create-token-key-loader.js';
import type { OfSession } from './pkcs11/session-pin.js';
import { type MaterialContents, readMaterials } from './read-material.js';

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
export function createTlsMaterial(identity: DeviceIdentity & OfSession): () => Promise<TlsMaterial> {
  let heldStamp: string | undefined;
  let material: TlsMaterial;
  let loading: Promise<TlsMaterial> | undefined;
  // Kept, since it remembers a PIN that was refused.
  let loadKey: LoadTokenKey | undefined;

  async function load(): Promise<TlsMaterial> {
    const { certificate, privateKey, pkcs12, ca } = identity;
    let read: MaterialContents | undefined;
    try {
      read = await readMaterials([certificate, privateKey, pkcs12, ca]);
      if (read.stamp !== heldStamp) material = await build(read.contents);
      heldStamp = read.stamp;
      return material;
    } catch (error) {
      throw await explained(error, { identity, read });
    } finally {
      loading = undefined;
    }
  }

  async function build([chain, key, pfx, authorities]: MaterialContents['contents']): Promise<TlsMaterial> {
    const { passphrase, pkcs11 } = identity;
    const cert = chain && certificatePem(chain);
    const ca = authorities && certificatePem(authorities);
    const certificate = chain && new X509Certificate(chain);
    // Node would take a lower version from its command line.
    const context = { minVersion: 'TLSv1.2', cert, ca } as const;
    if (pkcs11) {
      const { createTokenKeyLoader } = await import('@bsm/iot/pkcs11');
      loadKey ??= createTokenKeyLoader(pkcs11, identity.ofSession);
      return { certificate, ...(await loadKey(context)) };
    }
    // OpenSSL does not compare the two when they are of different kinds.
    if (certificate?.checkPrivateKey(createPrivateKey({ key: key as Buffer, passphrase })) === false) {
      throw new Error('No pair.');
    }
    const secureContext = createSecureContext({ ...context, key, pfx, passphrase });
    return { certificate, keySource: pfx ? 'pkcs12' : 'pem', secureContext };
  }

  return () => {
    loading ??= load();
    return loading;
  };
}

/**
 * Turns DER into PEM, since Node refuses it for a certificate and passes over it among authorities. PEM stays as it is, with what follows
 * the first certificate.
 *
 * @throws Error for what does not begin with a certificate.
 */
export function certificatePem(content: Buffer): string {
  const first = new X509Certificate(content).toString();
  const text = content.toString();
  return isPem(text) ? text : first;
}
