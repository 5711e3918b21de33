import type { Constraints } from '../protocol/constraints.js';
import { ServiceError } from '../protocol/service-error.js';
import type { AccessKey } from '../world/identity.js';
import type { World } from '../world/world.js';

/** `SerialNumber` and `TokenCode` of a call. */
export interface MfaInput {
  readonly serialNumber: string | undefined;
  readonly tokenCode: string | undefined;
}

/** Reads the MFA parameters. */
export const readMfa = (constraints: Constraints): MfaInput => ({
  serialNumber: constraints.text('SerialNumber', { minimum: 9, maximum: 256, pattern: /[\w+=/:,.@-]*/ }),
  tokenCode: constraints.text('TokenCode', { minimum: 6, maximum: 6, pattern: /[\d]*/ }),
});

/**
 * Uses up the code of a call and returns the virtual time at which MFA was present: now, that of the caller's own session,
 * or `undefined`. The device must belong to the calling user.
 */
export function verifyMfa(world: World, caller: AccessKey, { serialNumber, tokenCode }: MfaInput): number | undefined {
  if (serialNumber === undefined && tokenCode === undefined) return caller.session?.mfaAt;
  if (serialNumber === undefined || tokenCode === undefined) {
    throw refused('MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.');
  }
  const registered = world.mfaDevices.get(serialNumber);
  if (registered?.owner !== caller.principal || !registered.device.consume(tokenCode)) {
    throw refused('MultiFactorAuthentication failed with invalid MFA one time pass code.');
  }
  return world.now();
}

/** The MFA keys of the condition context: absent for a long-term key, as with AWS. */
export const mfaContext = (
  caller: AccessKey,
  mfaAt: number | undefined,
  now: number,
): readonly (readonly [string, string | undefined])[] => [
  [
    'aws:MultiFactorAuthPresent',
    mfaAt !== undefined ? 'true' : caller.sessionToken === undefined ? undefined : 'false',
  ],
  ['aws:MultiFactorAuthAge', mfaAt === undefined ? undefined : String(Math.floor((now - mfaAt) / 1000))],
];

const refused = (message: string): ServiceError => new ServiceError('AccessDenied', message, 403);
