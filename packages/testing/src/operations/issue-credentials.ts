import type { XmlObject } from '../protocol/xml.js';
import type { Principal, SessionFacts } from '../world/identity.js';
import { issueTemporaryKey } from '../world/world.js';
import type { OperationCall } from './operation.js';

/** The element that tells about temporary credentials. */
interface IssuedCredentials extends XmlObject {
  readonly AccessKeyId: string;
  readonly SecretAccessKey: string;
  readonly SessionToken: string | undefined;
  readonly Expiration: string;
}

/** Makes temporary credentials and the element that tells the caller about them. */
export function issueCredentials(
  call: Pick<OperationCall, 'world' | 'expiration'>,
  principal: Principal,
  session: SessionFacts,
  durationSeconds: number,
): IssuedCredentials {
  const lifetime = call.world.credentialLifetimeMs ?? durationSeconds * 1000;
  const regular = call.world.now() + lifetime;
  const key = issueTemporaryKey(call.world, principal, session, overriddenExpiry(call, regular));
  const text = new Date(key.expiresAt!).toISOString().replace('.000Z', 'Z');
  return {
    AccessKeyId: key.accessKeyId,
    SecretAccessKey: key.secretAccessKey,
    SessionToken: key.sessionToken,
    Expiration: call.expiration?.text ?? text,
  };
}

/** A fault may end the credentials at another time; a text that is no time leaves the true end alone. */
function overriddenExpiry(call: Pick<OperationCall, 'world' | 'expiration'>, regular: number): number {
  if (call.expiration === undefined) return regular;
  const stated = call.expiration.text === undefined ? call.world.now() - 1000 : Date.parse(call.expiration.text);
  return Number.isNaN(stated) ? regular : stated;
}
