import type { Agent, ClientRequest } from 'node:http';
import type { Duplex } from 'node:stream';
import type { SecureContextOptions } from 'node:tls';
import { type AwsCredentialIdentity, BsmError, isBsmError, type SharedCredentials } from '@bsm/core-cache';
import type { MqttClient } from 'mqtt';
import type { MqttPeer } from './load-mqtt.js';
import { openingFailure, upgradeRefused } from './mqtt-failure.js';
import { type MqttLink, untilReady } from './mqtt-link.js';
import { sendWhenTrusted } from './mqtt-send-when-trusted.js';

/** What a signed WebSocket is made of. */
export interface SignedLinkOptions {
  readonly peer: MqttPeer;
  readonly credentials: SharedCredentials;
  /** Tells the time that expiry is judged by. */
  readonly now: () => number;
  readonly sign: (credentials: AwsCredentialIdentity) => Promise<string>;
  /** Whom to trust, read before each connection. */
  readonly trust: () => Promise<SecureContextOptions & { readonly servername?: string }>;
  readonly agent: Agent | undefined;
  /** The broker refused these credentials, which are renewed now. */
  readonly onRejection: (accessKeyId: string) => void;
  readonly close: () => void;
}

/**
 * Connects by a WebSocket that is signed afresh each time, never with credentials that have ended.
 *
 * A refused signature has the credentials renewed, once: until a connection is made, those that came from it are not renewed again.
 */
export function createSignedLink(options: SignedLinkOptions): MqttLink {
  const { credentials, onRejection } = options;
  let renewedKey: string | undefined;

  async function open(signal: AbortSignal, client: MqttClient): Promise<Duplex> {
    const keys = await freshCredentials(signal);
    try {
      return await openWith(keys, signal, client);
    } catch (error) {
      if (!isBsmError(error, 'ERR_BSM_CREDENTIALS_REJECTED') || keys.accessKeyId === renewedKey) throw error;
      onRejection(keys.accessKeyId);
      const renewed = await renew(keys, signal);
      // The source has no others.
      if (renewed.accessKeyId === keys.accessKeyId) throw error;
      renewedKey = renewed.accessKeyId;
      return openWith(renewed, signal, client);
    }
  }

  async function openWith(keys: AwsCredentialIdentity, signal: AbortSignal, client: MqttClient): Promise<Duplex> {
    const stream = await openSocket(options, await options.sign(keys), signal, client);
    renewedKey = undefined;
    return stream;
  }

  async function renew(keys: AwsCredentialIdentity, signal: AbortSignal): Promise<AwsCredentialIdentity> {
    credentials.invalidate(keys.accessKeyId);
    return freshCredentials(signal);
  }

  async function freshCredentials(signal: AbortSignal): Promise<AwsCredentialIdentity> {
    const keys = await credentials({ signal });
    if ((keys.expiration?.getTime() ?? Number.POSITIVE_INFINITY) > options.now()) return keys;
    const message =
      'MQTT: the credentials have ended, and the session goes on serving them. Nothing is signed with them.';
    throw new BsmError('ERR_BSM_CREDENTIALS_EXPIRED', message, { retryable: true });
  }

  return { open, close: options.close };
}

async function openSocket(
  { peer, trust, agent }: SignedLinkOptions,
  url: string,
  signal: AbortSignal,
  client: MqttClient,
): Promise<Duplex> {
  const trusted = await trust();
  let refusal: BsmError | undefined;
  const { hostname, port } = new URL(url);
  return untilReady(
    (ready) =>
      peer.openWebSocket(client, {
        protocol: 'wss',
        protocolVersion: client.options.protocolVersion ?? 4,
        hostname,
        port: Number(port || 443),
        path: '/mqtt',
        transformWsUrl: () => url,
        wsOptions: {
          ...trusted,
          // Whatever NODE_TLS_REJECT_UNAUTHORIZED says.
          rejectUnauthorized: true,
          // It may remember sessions with servers that nobody verified.
          ...(agent && { agent, session: undefined }),
          finishRequest(request: ClientRequest, socket: OpeningSocket) {
            request.once('response', (response) => {
              refusal = upgradeRefused(response);
            });
            socket.once('open', ready);
            // As URLs write it, an address of IPv6 is in brackets.
            sendWhenTrusted(request, trusted.servername ?? hostname.replace(/^\[|\]$/g, ''));
          },
        },
      }),
    signal,
    (error) => refusal ?? openingFailure(error),
  );
}

/** What is used of a WebSocket that is being opened. */
interface OpeningSocket {
  once(event: 'open', listener: () => void): void;
}
