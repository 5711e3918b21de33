import { loadSharedProfiles } from './aws-config-file.js';
import { type OptionCheck, optionInvalid } from './check-options.js';
import { BsmError, isBsmError } from './errors.js';

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
 * Finds the region. The first of these that has one decides: the option, the profile that the option names, `AWS_REGION`,
 * `AWS_DEFAULT_REGION`, the profile that `AWS_PROFILE` names, `[default]`.
 *
 * Never instance metadata, never a default of ours: a wrong region is a wrong partition in China and GovCloud.
 *
 * @throws BsmError `ERR_BSM_REGION_UNRESOLVED`, `ERR_BSM_PROFILE_NOT_FOUND`, `ERR_BSM_CONFIG_INVALID`.
 */
export async function resolveRegion({ region, profile }: RegionSource): Promise<string> {
  if (region !== undefined)
    return checked(typeof region === 'function' ? await ask(region) : region, 'option "region"');
  const env = globalThis.process?.env ?? {};
  return (
    (profile !== undefined && (await regionOfProfile(env, profile, true))) ||
    regionOfVariable(env, 'AWS_REGION') ||
    regionOfVariable(env, 'AWS_DEFAULT_REGION') ||
    (env['AWS_PROFILE'] && (await regionOfProfile(env, env['AWS_PROFILE'], profile === undefined))) ||
    (await regionOfProfile(env, 'default', false)) ||
    nowhere(profile ?? (env['AWS_PROFILE'] || undefined))
  );
}

type Environment = Readonly<Record<string, string | undefined>>;

async function ask(region: () => Promise<string>): Promise<unknown> {
  try {
    return await region();
  } catch (cause) {
    throw isBsmError(cause) ? cause : unresolved('No region: the function in option "region" failed.', cause);
  }
}

function regionOfVariable(env: Environment, name: string): string | undefined {
  return env[name] ? checked(env[name], name) : undefined;
}

async function regionOfProfile(env: Environment, name: string, mustExist: boolean): Promise<string | undefined> {
  const settings = (await loadSharedProfiles(env)).get(name);
  if (!settings && mustExist) throw profileNotFound(name);
  const region = settings?.get('region');
  return region === undefined ? undefined : checked(region, `profile "${name}"`);
}

function nowhere(profile: string | undefined): never {
  const where = profile === undefined ? 'the default profile' : `the profile "${profile}"`;
  throw unresolved(
    `No region: neither ${where} nor the environment has one. Pass region, set AWS_REGION, or add it to the profile.`,
  );
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

function unresolved(message: string, cause?: unknown): BsmError {
  return new BsmError('ERR_BSM_REGION_UNRESOLVED', message, { cause });
}
