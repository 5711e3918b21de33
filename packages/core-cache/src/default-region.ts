import { loadSharedProfiles } from './aws-config-file.js';
import { BsmError } from './errors.js';
import { checkedRegion, regionUnresolved } from './region.js';

/**
 * Finds the region of a session that was given none. The first of these that has one decides: the profile that was named for it,
 * `AWS_REGION`, `AWS_DEFAULT_REGION`, the profile that `AWS_PROFILE` names, `[default]`.
 *
 * Never instance metadata, never a default of ours: a wrong region is a wrong partition in China and GovCloud.
 *
 * @throws BsmError `ERR_BSM_REGION_UNRESOLVED`, `ERR_BSM_PROFILE_NOT_FOUND`, `ERR_BSM_CONFIG_INVALID`.
 */
export async function defaultRegion(profile: string | undefined): Promise<string> {
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

function regionOfVariable(env: Environment, name: string): string | undefined {
  return env[name] ? checkedRegion(env[name], name) : undefined;
}

async function regionOfProfile(env: Environment, name: string, mustExist: boolean): Promise<string | undefined> {
  const settings = (await loadSharedProfiles(env)).get(name);
  if (!settings && mustExist) throw profileNotFound(name);
  const region = settings?.get('region');
  return region === undefined ? undefined : checkedRegion(region, `profile "${name}"`);
}

function nowhere(profile: string | undefined): never {
  const where = profile === undefined ? 'the default profile' : `the profile "${profile}"`;
  throw regionUnresolved(
    `No region: neither ${where} nor the environment has one. Pass region, set AWS_REGION, or add it to the profile.`,
  );
}

/** Makes the error of a profile that is in neither file. */
export function profileNotFound(profile: string): BsmError {
  const message = `The profile "${profile}" is in neither of the shared AWS files. Check its spelling, AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE.`;
  return new BsmError('ERR_BSM_PROFILE_NOT_FOUND', message, { details: { profile } });
}
