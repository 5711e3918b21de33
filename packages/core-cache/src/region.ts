import { type OptionCheck, optionInvalid } from './check-options.js';
import { BsmError } from './errors.js';

/** The region of a session, or what finds it. */
export type RegionSource = string | (() => Promise<string>);

const PATTERN = /^[a-z0-9-]{1,63}$/;

/** Accepts a region: a name that can be a part of a host, or a function that returns one. */
export const isRegion: OptionCheck = (value) =>
  typeof value === 'function' || isRegionName(value) ? undefined : 'a region such as "eu-west-1", or a function';

/**
 * Resolves the region, and checks what a function finds.
 *
 * @throws BsmError `ERR_BSM_REGION_UNRESOLVED` when the function finds none; what it throws itself passes as it is.
 */
export async function resolveRegion(region: RegionSource): Promise<string> {
  return checkedRegion(typeof region === 'function' ? await region() : region, 'option "region"');
}

/**
 * Checks a region that was given as an option.
 *
 * @throws BsmError `ERR_BSM_OPTION_INVALID`.
 */
export function assertRegionName(subject: string, region: unknown): asserts region is string {
  if (!isRegionName(region)) throw optionInvalid(subject, 'region', 'a region such as "eu-west-1"');
}

function isRegionName(value: unknown): value is string {
  return typeof value === 'string' && PATTERN.test(value);
}

/** Returns the region when it is one; `origin` says where it came from. */
export function checkedRegion(region: unknown, origin: string): string {
  if (isRegionName(region)) return region;
  throw regionUnresolved(`No region: what ${origin} gives is none. A region looks like "eu-west-1".`);
}

/** Makes the error of a region that cannot be had. */
export function regionUnresolved(message: string): BsmError {
  return new BsmError('ERR_BSM_REGION_UNRESOLVED', message);
}
