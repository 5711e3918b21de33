import type { Session } from '@bsm/core-cache';

/** What all sessions that come from one root know of an MFA device. */
export interface MfaDevice {
  readonly root: Session;
  /** When its codes were last used, in milliseconds since 1970. There are a million codes, so this does not grow for ever. */
  readonly usedAt: Map<string, number>;
  /** Settles when the device is free; never rejects. */
  lastTurn: Promise<unknown>;
}

/**
 * Finds the device of a serial number among the sessions that come from one root.
 *
 * It is remembered with the credentials of the root, which sign the first call of a chain and own the device; it lives as long as
 * they do, also through `clearCache`, since AWS does not forget a used code either.
 */
export function mfaDevice(session: Session, serialNumber: string): MfaDevice {
  let root = session;
  while (root.parent) root = root.parent;
  const known = devices.get(root.credentials) ?? new Map<string, MfaDevice>();
  devices.set(root.credentials, known);
  const device = known.get(serialNumber) ?? { root, usedAt: new Map(), lastTurn: Promise.resolve() };
  known.set(serialNumber, device);
  return device;
}

const devices: WeakMap<Session['credentials'], Map<string, MfaDevice>> = /* @__PURE__ */ new WeakMap();
