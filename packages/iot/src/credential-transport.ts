import { randomUUID } from 'node:crypto';
import { Agent } from 'node:https';
import { checkServerIdentity } from 'node:tls';
import { credentialRequest } from './credential-request.js';
import { type EndpointAnswer, type HttpsTarget, httpsGet } from './https-get.js';
import type { IotOptions } from './iot-options.js';
import { createTlsMaterial, type KeySource } from './tls-material.js';

/** Asks the credential endpoint, with whatever holds the key of the device. */
export interface CredentialTransport {
  /** Sends the one request there is. */
  ask(signal: AbortSignal): Promise<EndpointAnswer>;
  /** Where the key is, once it was loaded. */
  readonly keySource: KeySource | undefined;
  /** Ends the connections that are kept. */
  close(): void;
}

/** Makes the transport that the options of a device ask for. */
export function createCredentialTransport(options: IotOptions): CredentialTransport {
  const request = credentialRequest(options);
  const readMaterial = createTlsMaterial(options);
  // One agent, kept alive: a refresh costs no handshake while the endpoint keeps the connection, and a resumed one afterwards.
  const own = options.agent ? undefined : new Agent({ keepAlive: true });
  let target: HttpsTarget | undefined;
  let crt: CredentialTransport | undefined;

  return {
    async ask(signal) {
      if (options.pkcs11) {
        const { tokenTransport } = await import('@bsm/iot/pkcs11');
        crt = await tokenTransport(options, request);
        if (crt) return crt.ask(signal);
      }
      // Nobody is asked for a PIN for a session that was closed.
      signal.throwIfAborted();
      const material = await readMaterial();
      if (target?.secureContext !== material.secureContext) {
        // What is connected still has the old identity.
        own?.destroy();
        target = {
          ...request,
          ...material,
          agent: own ?? options.agent,
          sessionIdContext: randomUUID(),
          // An agent that is not ours may resume sessions with servers that nobody verified: those without a certificate.
          ...(!own && { session: undefined, checkServerIdentity }),
        };
      }
      return httpsGet(target, signal);
    },
    get keySource() {
      return (crt ?? target)?.keySource;
    },
    close() {
      own?.destroy();
    },
  };
}
