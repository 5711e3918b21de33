import { loadSharedProfiles } from './aws-config-file.js';
import { type OptionCheck, optionInvalid } from './check-options.js';
import { BsmError } from './errors.js';

/** Where the region of a session may come from. */
export interface RegionSource {
  readonly region: string | (() => Promise<string>) | undefined;
  /** The profile that was named for this session. */
  readonly profile: string | undefined;
}

const PATTERN = /^[a-z0-9-]{1,63}$/;

/** Accepts a region: a name that can be a part of a host, or a function that returns one. */
export const isRegion: OptionCheck = (value) =>
  typeof value === 'function' || isRegionName(value) ? undefined : 'a region such as "eu-west-1", or a function';

/**
 * Finds the region: explicit, else the named profile's, else `AWS_REGION`, `AWS_DEFAULT_REGION`, the profile that `AWS_PROFILE`
 * names, `[default]`. Never instance metadata, never a default: a wrong region is a wrong partition in China and GovCloud.
 *
 * @throws BsmError `ERR_BSM_REGION_UNRESOLVED`, `ERR_BSM_PROFILE_NOT_FOUND`, `ERR_BSM_CONFIG_INVALID`.
 */
export async function resolveRegion({ region, profile }: RegionSource): Promise<string> {
  if (region !== undefined) return checked(typeof region === 'function' ? await region() : region, 'option "region"');
  if (profile !== undefined) return regionOfProfile(profile, true);
  const env = globalThis.process?.env ?? {};
  for (const name of ['AWS_REGION', 'AWS_DEFAULT_REGION']) {
    if (env[name]) return checked(env[name], name);
  }
  const named = env['AWS_PROFILE'];
  return regionOfProfile(named || 'default', Boolean(named));
}

async function regionOfProfile(profile: string, mustExist: boolean): Promise<string> {
  const profiles = await loadSharedProfiles(globalThis.process?.env ?? {});
  const settings = profiles.get(profile);
  if (!settings && mustExist) throw profileNotFound(profile);
  const region = settings?.get('region');
  if (region === undefined) {
    const where = mustExist
      ? `the profile "${profile}" has no region`
      : 'neither the environment nor the default profile has one';
    throw unresolved(`No region: ${where}. Pass region, set AWS_REGION, or add it to the profile.`);
  }
  return checked(region, `profile "${profile}"`);
}

/** Makes the error of a profile that is in neither file. */
export function profileNotFound(profile: string): BsmError {
  const message = `The profile "${profile}" is in neither of the shared AWS files. Check its spelling, AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE.`;
  return new BsmError('ERR_BSM_PROFILE_NOT_FOUND', message, { details: { profile } });
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

function checked(region: unknown, origin: string): string {
  if (isRegionName(region)) return region;
  throw unresolved(`No region: what ${origin} gives is none. A region looks like "eu-west-1".`);
}

function unresolved(message: string): BsmError {
  return new BsmError('ERR_BSM_REGION_UNRESOLVED', message);
}
