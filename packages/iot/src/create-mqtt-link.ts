import { definedFields, fromSessionLike, type Session, sessionTime } from '@bsm/core-cache';
import { type IotMqttOptions, isSessionLike, transportOf } from './connect-mqtt-options.js';
import { deviceSession } from './device-session.js';
import { explainMaterial } from './explain-material.js';
import type { IotOptions, Material } from './iot-options.js';
import type { MqttPeer } from './load-mqtt.js';
import { createCertificateLink } from './mqtt-certificate-link.js';
import { parseMqttEndpoint } from './mqtt-endpoint.js';
import type { MqttLink } from './mqtt-link.js';
import { createSignedLink } from './mqtt-signed-link.js';
import { presignMqttUrl } from './presign-mqtt-url.js';
import { readMaterial } from './read-material.js';
import { certificatePem } from './tls-material.js';

const SUBJECT = 'connectMqtt';

/** Makes the link that the options ask for. */
export function createMqttLink(
  options: IotMqttOptions,
  peer: MqttPeer,
  onRejection: (accessKeyId: string) => void,
): MqttLink {
  const { identity, agent, servername } = options;
  if (transportOf(options) === 'x509') return createCertificateLink(SUBJECT, options, identity as IotOptions);
  const { endpoint, port } = options;
  const named = parseMqttEndpoint(SUBJECT, options, 443);
  const { session, close } = sessionOf(identity);
  const ca = options.ca ?? (isSessionLike(identity) ? undefined : identity.ca);
  return createSignedLink({
    peer,
    agent,
    onRejection,
    close,
    credentials: session.credentials,
    now: sessionTime(session).now,
    // The broker's own region is where it expects the signature; that of the session may be another one.
    sign: async (credentials) => {
      const region = options.region ?? named.region ?? (await session.region());
      return presignMqttUrl({ endpoint, port, region, credentials });
    },
    trust: async () => ({
      minVersion: 'TLSv1.2',
      ...definedFields<{ servername?: string; ca?: string }>({
        servername,
        ca: ca === undefined ? undefined : await readAuthorities(ca),
      }),
    }),
  });
}

async function readAuthorities(ca: Material): Promise<string> {
  try {
    return certificatePem(await readMaterial(ca));
  } catch (error) {
    throw await explainMaterial({ ca }, error);
  }
}

/** A session that is given stays its owner's; that of a certificate is made for the connection, and ends with it. */
function sessionOf(identity: IotMqttOptions['identity']): { session: Session; close: () => void } {
  if (isSessionLike(identity)) return { session: fromSessionLike(identity), close() {} };
  const { session } = deviceSession(identity);
  return { session, close: () => session.close() };
}
