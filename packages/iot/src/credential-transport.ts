import { Agent } from 'node:https';
import { credentialRequest } from './credential-request.js';
import { type EndpointAnswer, httpsGet } from './https-get.js';
import type { IotOptions } from './iot-options.js';
import { createTlsMaterial, type KeySource, type TlsMaterial } from './tls-material.js';

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
  let material: TlsMaterial | undefined;
  let generation = 0;
  let crt: CredentialTransport | undefined;

  return {
    async ask(signal) {
      if (options.pkcs11) {
        const { tokenTransport } = await import('@bsm/iot/pkcs11');
        crt = await tokenTransport(options, request);
        if (crt) return crt.ask(signal);
      }
      const read = await readMaterial();
      if (read !== material) {
        // What is connected still has the old identity.
        own?.destroy();
        material = read;
        generation++;
      }
      const target = {
        ...request,
        agent: options.agent ?? own,
        secureContext: read.secureContext,
        // Means nothing to a client, but is a part of the name under which agents keep connections and TLS sessions, in which the
        // secure context is none.
        sessionIdContext: `bsm-${generation}`,
        // An agent that is not ours may remember sessions with servers that nobody verified.
        ...(!own && { session: undefined }),
      };
      return httpsGet(target, read.certificate, signal);
    },
    get keySource() {
      return (crt ?? material)?.keySource;
    },
    close() {
      own?.destroy();
    },
  };
}
