import type { OptionCheck } from './check-options.js';
import { BsmError } from './errors.js';

/** The region of a session, or what finds it. */
export type RegionSource = string | (() => Promise<string>);

const PATTERN = /^[a-z0-9-]{1,63}$/;

/** Accepts the name of a region: it becomes a part of a host. */
export const isRegionName: OptionCheck = (value) =>
  typeof value === 'string' && PATTERN.test(value) ? undefined : 'a region such as "eu-west-1"';

/** Accepts a region: its name, or a function that finds it. */
export const isRegion: OptionCheck = (value, name) =>
  typeof value === 'function' ? undefined : isRegionName(value, name);

/**
 * Resolves the region, and checks what a function finds.
 *
 * @throws BsmError `ERR_BSM_REGION_UNRESOLVED` when the function finds none; what it throws itself passes as it is.
 */
export async function resolveRegion(region: RegionSource): Promise<string> {
  return checkedRegion(typeof region === 'function' ? await region() : region, 'option "region"');
}

/** Returns the region when it is one; `origin` says where it came from. */
export function checkedRegion(region: unknown, origin: string): string {
  const expected = isRegionName(region, origin);
  if (expected !== undefined) throw regionUnresolved(`No region: what ${origin} gives is not ${expected}.`);
  return region as string;
}

/** Makes the error of a region that cannot be had. */
export function regionUnresolved(message: string): BsmError {
  return new BsmError('ERR_BSM_REGION_UNRESOLVED', message);
}
