import { BsmError, createSessionFactory, definedFields, type Session, type SessionOptions } from '@bsm/core-cache';
import { createCredentialTransport } from './credential-transport.js';
import type { IotSessionOptions } from './iot-options.js';
import { parseCredentialAnswer } from './parse-credential-answer.js';
import { parseEndpoint } from './parse-endpoint.js';
import type { KeySource } from './tls-material.js';

/** A session, and what is known of the device behind it. */
export interface DeviceSession {
  readonly session: Session;
  readonly keySource: () => KeySource | undefined;
}

/** Makes the session of a device from options that were checked. Makes no call; closing it ends its connection to the endpoint. */
export function deviceSession(options: IotSessionOptions): DeviceSession {
  const { endpoint, region, refresh, clock, clientDefaults, clientCache, resourceCache } = options;
  const transport = createCredentialTransport(options);
  const session = createRoot({
    ...definedFields<Pick<SessionOptions, 'region'>>({ region: region ?? parseEndpoint(endpoint)?.region }),
    async credentials({ signal }: { signal?: AbortSignal } = {}) {
      return parseCredentialAnswer(await transport.ask(signal));
    },
    refresh,
    clock,
    clientDefaults,
    clientCache,
    resourceCache,
  });
  const end = session.close.bind(session);
  session.close = () => {
    end();
    transport.close();
  };
  return { session, keySource: () => transport.keySource };
}

const createRoot: ReturnType<typeof createSessionFactory> = /* @__PURE__ */ createSessionFactory({
  defaultCredentials() {
    throw new BsmError('ERR_BSM_CREDENTIALS_NOT_FOUND', 'The session of a device has no default credentials.');
  },
});
