import { isIP } from 'node:net';
import { connect } from 'node:tls';
import { definedFields } from '@bsm/core-cache';
import type { IotMqttOptions } from './connect-mqtt-options.js';
import type { IotOptions } from './iot-options.js';
import { tlsEndpointOf } from './mqtt-alpn.js';
import { openingFailure } from './mqtt-failure.js';
import { type MqttLink, untilReady } from './mqtt-link.js';
import { createTlsMaterial } from './tls-material.js';

/** Connects by mutual TLS. Files of the certificate are looked at before every connection, so that rotation needs no restart. */
export function createCertificateLink(subject: string, options: IotMqttOptions, identity: IotOptions): MqttLink {
  const { servername } = options;
  const { host, ...endpoint } = tlsEndpointOf(subject, options);
  const readMaterial = createTlsMaterial(Object.create(identity, { ca: { value: options.ca ?? identity.ca } }));
  const target = definedFields({
    host,
    ...endpoint,
    // Its packets are small, and mqtt.js waits for the answer to one before it sends the next again.
    noDelay: true,
    servername: servername ?? (isIP(host) === 0 ? host : undefined),
  });
  return {
    async open(signal) {
      const { secureContext, certificate } = await readMaterial();
      return untilReady(
        (ready) => connect({ ...target, secureContext, rejectUnauthorized: true }, ready),
        signal,
        (error) => openingFailure(error, certificate),
      );
    },
    close() {},
  };
}
