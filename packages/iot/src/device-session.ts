import { type AwsCredentialIdentity, createSessionFactory, type Session, type SessionOptions } from '@bsm/core-cache';
import { createCredentialTransport } from './credential-transport.js';
import type { IotSessionOptions } from './iot-options.js';
import { parseCredentialAnswer } from './parse-credential-answer.js';
import { parseEndpoint } from './parse-endpoint.js';
import type { OfSession } from './pkcs11/session-pin.js';
import type { KeySource } from './tls-material.js';

/** A session, and what is known of the device behind it. */
export interface DeviceSession {
  readonly session: Session;
  /** That of the session. */
  readonly close: () => void;
  readonly keySource: () => KeySource | undefined;
  /** For other connections of the session. */
  readonly identity: IotSessionOptions & OfSession;
}

/** What a session asks its source with. */
interface SignalledRequest {
  readonly signal: AbortSignal;
}

/** Makes the session of a device from options that were checked. Makes no call; closing it ends its connection to the endpoint. */
export function deviceSession(options: IotSessionOptions): DeviceSession {
  // Neither these nor those of the session are copied, since what options inherit counts as well.
  const identity = Object.create(options, { ofSession: { value: {} } }) as IotSessionOptions & OfSession;
  const transport = createCredentialTransport(identity);
  const credentials = async ({ signal }: SignalledRequest): Promise<AwsCredentialIdentity> =>
    parseCredentialAnswer(await transport.ask(signal));
  const session = createRoot(
    Object.create(options, {
      region: { value: options.region ?? parseEndpoint(options.endpoint)?.region },
      credentials: { value: credentials },
    }) as SessionOptions,
  );
  const end = session.close.bind(session);
  const close = (): void => {
    end();
    transport.close();
  };
  session.close = close;
  return { session, identity, close, keySource: () => transport.keySource };
}

const createRoot: ReturnType<typeof createSessionFactory> = /* @__PURE__ */ createSessionFactory({
  defaultCredentials() {
    throw new Error('Never asked.');
  },
});
