import type { MfaDevice, Session } from '@bsm/core-cache';

/** An MFA device, as all sessions that come from one root know it. */
export interface SharedMfaDevice extends MfaDevice {
  readonly root: Session;
}

/**
 * Finds the device of a serial number among the sessions that come from one root.
 *
 * It is remembered with the credentials of the root, which sign the first call of a chain and own the device; it lives as long as
 * they do, also through `clearCache`, since AWS does not forget a used code either.
 */
export function mfaDevice(session: Session, serialNumber: string): SharedMfaDevice {
  let root = session;
  while (root.parent) root = root.parent;
  const known = devices.get(root.credentials) ?? new Map<string, SharedMfaDevice>();
  devices.set(root.credentials, known);
  const device = known.get(serialNumber) ?? { root, usedAt: new Map(), lastTurn: Promise.resolve() };
  known.set(serialNumber, device);
  return device;
}

const devices: WeakMap<Session['credentials'], Map<string, SharedMfaDevice>> = /* @__PURE__ */ new WeakMap();
