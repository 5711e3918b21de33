import { Agent } from 'node:https';
import { type CredentialRequest, credentialRequest } from './credential-request.js';
import { type EndpointAnswer, httpsGet } from './https-get.js';
import type { IotOptions, Pkcs11Identity } from './iot-options.js';
import { createTlsMaterial, type KeySource, type TlsMaterial } from './tls-material.js';

/** Asks the credential endpoint, with whatever holds the key of the device. */
export interface CredentialTransport {
  /** Sends the one request there is. */
  ask(signal: AbortSignal | undefined): Promise<EndpointAnswer>;
  /** Where the key is, once it was loaded. */
  readonly keySource: KeySource | undefined;
  /** Ends the connections that are kept. */
  close(): void;
}

/** Makes the transport that the options of a device ask for. */
export function createCredentialTransport(options: IotOptions): CredentialTransport {
  const request = credentialRequest(options);
  let chosen: Promise<CredentialTransport> | undefined;
  let transport: CredentialTransport | undefined;

  async function choose(): Promise<CredentialTransport> {
    if (options.pkcs11 === undefined) return httpsTransport(options, request);
    const { tokenTransport } = await import('@bsm/iot/pkcs11');
    const ofToken = await tokenTransport(options as IotOptions & Pkcs11Identity, request);
    return ofToken ?? httpsTransport(options, request);
  }

  return {
    async ask(signal) {
      chosen ??= choose().catch((error: unknown) => {
        chosen = undefined;
        throw error;
      });
      transport = await chosen;
      return transport.ask(signal);
    },
    get keySource() {
      return transport?.keySource;
    },
    close() {
      transport?.close();
    },
  };
}

function httpsTransport(options: IotOptions, request: CredentialRequest): CredentialTransport {
  const readMaterial = createTlsMaterial(options);
  // One agent, kept alive: a refresh costs no handshake while the endpoint keeps the connection, and a resumed one afterwards.
  const own = options.agent === undefined ? new Agent({ keepAlive: true }) : undefined;
  let material: TlsMaterial | undefined;
  let generation = 0;
  return {
    async ask(signal) {
      const read = await readMaterial();
      if (read !== material) {
        // What is connected still has the old identity.
        own?.destroy();
        material = read;
        generation++;
      }
      const agent = own ?? options.agent;
      return httpsGet(request, { agent, ownAgent: own !== undefined, material: read, generation, signal });
    },
    get keySource() {
      return material?.keySource;
    },
    close() {
      own?.destroy();
    },
  };
}
