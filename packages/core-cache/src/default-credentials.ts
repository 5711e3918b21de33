import { loadSharedProfiles } from './aws-config-file.js';
import { fromAwsError } from './aws-error.js';
import type { AwsCredentialIdentity, AwsCredentialIdentityProvider, SourceRequest } from './credentials.js';
import { BsmError } from './errors.js';
import { profileNotFound } from './region.js';
import type { MfaTokenProvider } from './session.js';
import { silentLogger } from './silent-logger.js';

/** What the default source of a session may use. */
export interface DefaultCredentialsOptions {
  readonly profile: string | undefined;
  readonly mfaToken: MfaTokenProvider | undefined;
  readonly region: () => Promise<string>;
  readonly endpoint: unknown;
}

type Sdk = typeof import('@aws-sdk/credential-providers');

/**
 * Finds credentials as the SDK does: of the named profile, else through its default chain.
 *
 * The shared files are read again at each refresh. A profile that is named, by option or by `AWS_PROFILE`, must exist: the chain
 * would go on to the credentials of the machine, which is another identity. Roles of a profile are assumed in the session's region.
 */
export function defaultCredentials(options: DefaultCredentialsOptions): AwsCredentialIdentityProvider {
  const takeCode = options.mfaToken === undefined ? undefined : createCodeTaker(options.mfaToken);
  return async (request: SourceRequest = {}): Promise<AwsCredentialIdentity> => {
    const sdk = await import('@aws-sdk/credential-providers');
    const named = options.profile ?? (globalThis.process?.env?.['AWS_PROFILE'] || undefined);
    if (named !== undefined) await assertProfile(named);
    const mfaCodeProvider = takeCode && ((serial: string) => takeCode(serial, request.signal));
    try {
      return await ask(sdk, options, mfaCodeProvider);
    } catch (error) {
      throw await explain(error, named);
    }
  };
}

function ask(
  sdk: Sdk,
  { profile, region, endpoint }: DefaultCredentialsOptions,
  mfaCodeProvider: ((serial: string) => Promise<string>) | undefined,
): Promise<AwsCredentialIdentity> {
  const init = {
    ignoreCache: true,
    logger: silentLogger(),
    clientConfig: { region, ...(endpoint !== undefined && { endpoint: endpoint as string }) },
    ...(mfaCodeProvider && { mfaCodeProvider }),
  };
  // Made anew each time: the chain keeps what it found in a memory of its own.
  return profile === undefined ? sdk.fromNodeProviderChain(init)() : sdk.fromIni({ ...init, profile })();
}

async function assertProfile(profile: string): Promise<void> {
  const profiles = await loadSharedProfiles(globalThis.process?.env ?? {});
  if (!profiles.has(profile)) throw profileNotFound(profile);
}

/** Says what the SDK's error means, where it has no name of its own. */
async function explain(error: unknown, profile: string | undefined): Promise<BsmError> {
  const { name, message } = error as { name?: unknown; message?: unknown };
  const text = String(message);
  if (name !== 'CredentialsProviderError') return fromAwsError(error, `Cannot get credentials ${ofProfile(profile)}`);
  if (/multi-factor/i.test(text)) {
    return new BsmError(
      'ERR_BSM_MFA_REQUIRED',
      `The role ${ofProfile(profile)} requires an MFA code. Pass options.mfaToken.`,
    );
  }
  if (/could not (load|resolve) credentials/i.test(text)) {
    // A file that cannot be parsed looks empty to the SDK.
    await loadSharedProfiles(globalThis.process?.env ?? {});
    const message = `There are no credentials ${ofProfile(profile)}. Configure some, name a profile, or pass options.credentials.`;
    return new BsmError('ERR_BSM_CREDENTIALS_NOT_FOUND', message, { tryNextLink: true, cause: error });
  }
  return fromAwsError(error, `Cannot get credentials ${ofProfile(profile)}`);
}

function ofProfile(profile: string | undefined): string {
  return profile === undefined ? 'in the environment, the shared files or this machine' : `of the profile "${profile}"`;
}

/** Asks for a code; a plain text serves once, since a code is worth nothing a second time. */
function createCodeTaker(
  token: MfaTokenProvider,
): (serial: string, signal: AbortSignal | undefined) => Promise<string> {
  let spent = false;
  return async (serial, signal = new AbortController().signal) => {
    if (typeof token === 'function') return await token(serial, { signal });
    if (spent) {
      throw new BsmError('ERR_BSM_MFA_REQUIRED', 'Another MFA code is needed. Pass options.mfaToken as a function.');
    }
    spent = true;
    return token;
  };
}
