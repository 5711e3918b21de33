import { loadSharedProfiles } from './aws-config-file.js';
import { fromAwsError } from './aws-error.js';
import { profileNotFound } from './default-region.js';
import { BsmError } from './errors.js';

/** Where credentials were looked for. */
export interface CredentialsSearch {
  /** The profile that was asked; undefined for the default chain. */
  readonly profile: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Says what an error of the SDK's credential providers means, where it has no name of its own.
 *
 * Quotes no command line and no output of a `credential_process`, as the SDK does.
 *
 * @throws BsmError `ERR_BSM_CONFIG_INVALID` when nothing was found because a shared file has a fault.
 */
export async function explainCredentialsError(error: unknown, { profile, env }: CredentialsSearch): Promise<BsmError> {
  const { name, message, code, path, syscall } = (error ?? {}) as Readonly<Record<string, unknown>>;
  const subject = `Cannot get credentials ${of(profile)}`;
  const text = String(message);
  // The providers read files of tokens without a word about them.
  if ((syscall === 'open' || syscall === 'read') && typeof code === 'string' && UNREADABLE_FILE.test(code)) {
    const file = typeof path === 'string' ? `the token file ${path}` : 'the token file';
    return new BsmError('ERR_BSM_TOKEN_FILE_INVALID', `${subject}: ${file} cannot be read (${code}).`, {
      details: { ...(typeof path === 'string' && { path }) },
    });
  }
  if (name !== 'CredentialsProviderError') return fromAwsError(error, subject);
  if (/^Command failed:|credential_process returned|maxBuffer length exceeded$/.test(text)) {
    const problem = 'its credential_process failed or printed something else. Run the command by hand';
    return new BsmError('ERR_BSM_REFRESH_FAILED', `${subject}: ${problem}.`, { retryable: true });
  }
  if (WRONG_PROFILE.test(text)) {
    return new BsmError('ERR_BSM_CONFIG_INVALID', fromAwsError(error, subject).message, { cause: error });
  }
  if (!NOTHING_FOUND.test(text)) return fromAwsError(error, subject);
  return nothingFound(error, text, { profile, env });
}

const UNREADABLE_FILE = /^E(NOENT|ISDIR|ACCES|PERM|NOTDIR)$/;
const WRONG_PROFILE = /^(Detected a cycle|Unsupported credential source|Profile is configured with invalid SSO)/;
// Also those of the two sources that `credential_source` may name.
const NOTHING_FOUND =
  /could not (load|resolve) credentials|^Unable to find environment|^No HTTP credential provider host|cannot be used unless/i;

async function nothingFound(cause: unknown, text: string, { profile, env }: CredentialsSearch): Promise<BsmError> {
  // A file that cannot be parsed looks empty to the SDK, and so does a source profile that does not exist.
  const profiles = await loadSharedProfiles(env);
  const asked = /using profile: \[(.*)\]/.exec(text)?.[1];
  if (asked !== undefined && !profiles.has(asked)) return profileNotFound(asked);
  const message = `There are no credentials ${of(profile)}. Configure some, name a profile, or pass options.credentials.`;
  return new BsmError('ERR_BSM_CREDENTIALS_NOT_FOUND', message, { tryNextLink: true, cause });
}

function of(profile: string | undefined): string {
  return profile === undefined ? 'in the environment, the shared files or this machine' : `of the profile "${profile}"`;
}
