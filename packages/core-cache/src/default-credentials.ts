import { loadSharedProfiles, type ProfileSettings, type SharedProfiles } from './aws-config-file.js';
import { type Clock, createTimekeeper } from './clock.js';
import type { AwsCredentialIdentity, AwsCredentialIdentityProvider, SourceRequest } from './credentials.js';
import { profileNotFound } from './default-region.js';
import { definedFields } from './defined-fields.js';
import { explainCredentialsError } from './explain-credentials-error.js';
import { createMfaCodeTaker } from './mfa-code-taker.js';
import { createProfileHops } from './profile-hops.js';
import { createProfileRoles } from './profile-roles.js';
import type { MfaTokenProvider } from './session.js';
import { silentLogger } from './silent-logger.js';
import { isCredentialRejection } from './terminal-error.js';

/** What the default source of a session may use. */
export interface DefaultCredentialsOptions {
  readonly profile: string | undefined;
  readonly mfaToken: MfaTokenProvider | undefined;
  readonly region: () => Promise<string>;
  readonly endpoint: unknown;
  /** Gives the `requestHandler` of clients that the SDK makes on the way: the connections of the session. */
  readonly requestHandler?: (() => object | undefined) | undefined;
  /** The clock of the session. */
  readonly clock: Clock | undefined;
}

/**
 * Finds credentials as the SDK does: of the named profile, else through its default chain.
 *
 * The shared files are read again at each refresh. A profile that is named, by option or by `AWS_PROFILE`, must exist, and one that
 * has credentials must give them: the chain would go on to the credentials of the machine, which is another identity. Roles of a
 * profile are assumed in the session's region; roles on the way to it are used again while they live.
 */
export function defaultCredentials(options: DefaultCredentialsOptions): AwsCredentialIdentityProvider {
  const time = createTimekeeper(options.clock);
  const takeCode = createMfaCodeTaker(options.mfaToken, time);
  const hops = createProfileHops(time.now);

  async function resolve(request: SourceRequest = {}): Promise<AwsCredentialIdentity> {
    const sdk = await import('@aws-sdk/credential-providers');
    const env = globalThis.process?.env ?? {};
    const profile = options.profile ?? (await profileOfEnvironment(env));
    const profiles = profile === undefined ? undefined : await loadSharedProfiles(env);
    if (options.profile !== undefined && !profiles?.has(options.profile)) throw profileNotFound(options.profile);
    const { region } = options;
    const { signal } = request;
    const logger = silentLogger();
    const sts = definedFields({
      endpoint: options.endpoint as string | undefined,
      requestHandler: options.requestHandler?.(),
    });
    const roleArn = profile === undefined ? undefined : profiles?.get(profile)?.get('role_arn');
    const roles = createProfileRoles(sdk, {
      clientConfig: { ...sts, region },
      logger,
      takeCode,
      hops,
      roleArn,
      signal,
    });
    const init = { ignoreCache: true, logger, clientConfig: sts, ...roles };
    // Made anew each time: the chain keeps what it found in a memory of its own.
    const provider = profile === undefined ? sdk.fromNodeProviderChain(init) : sdk.fromIni({ ...init, profile });
    try {
      return await provider({ callerClientConfig: { region } });
    } catch (error) {
      // A role on the way was rejected before its time: once more from the start.
      if (isCredentialRejection(error) && hops.forget()) return await resolve(request);
      throw await explainCredentialsError(error, { profile: profile ?? (env['AWS_PROFILE'] || undefined), env });
    }
  }

  return resolve;
}

type Environment = Readonly<Record<string, string | undefined>>;

async function assertProfile(env: Environment, profile: string): Promise<SharedProfiles> {
  const profiles = await loadSharedProfiles(env);
  if (!profiles.has(profile)) throw profileNotFound(profile);
  return profiles;
}

/** The profile that decides without being named by option: the one of `AWS_PROFILE`, or the default one, if it has credentials. */
async function profileOfEnvironment(env: Environment): Promise<string | undefined> {
  const named = env['AWS_PROFILE'] || undefined;
  if (named !== undefined) return hasCredentials((await assertProfile(env, named)).get(named)) ? named : undefined;
  if (env['AWS_ACCESS_KEY_ID'] && env['AWS_SECRET_ACCESS_KEY']) return undefined;
  // A file with a fault matters only when there is nothing else.
  const profiles = await loadSharedProfiles(env).catch(() => undefined);
  return hasCredentials(profiles?.get('default')) ? 'default' : undefined;
}

function hasCredentials(settings: ProfileSettings | undefined): boolean {
  return [...(settings?.keys() ?? [])].some((name) => CREDENTIAL_SETTING.test(name));
}

const CREDENTIAL_SETTING = /^(aws_access_key_id|role_arn|credential_process|login_session|sso_\w+)$/;
