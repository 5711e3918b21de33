import { maskArn } from '@bsm/masking';
import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from './credentials.js';
import { BsmError } from './errors.js';
import type { MfaCodeTaker } from './mfa-code-taker.js';
import type { ProfileHops } from './profile-hops.js';
import type { SilentLogger } from './silent-logger.js';
import { stableKey } from './stable-key.js';

type Sdk = typeof import('@aws-sdk/credential-providers');

/** What the SDK's file provider calls to assume the roles that profiles name. */
export interface ProfileRoles {
  /** Stands in for the person: the SDK asks before it has the source credentials, whose failure would then be nobody's. */
  mfaCodeProvider(): Promise<string>;
  roleAssumer(source: AwsCredentialIdentity, params: AssumeRoleParams): Promise<AwsCredentialIdentity>;
  roleAssumerWithWebIdentity(params: WebIdentityParams): Promise<AwsCredentialIdentity>;
}

interface AssumeRoleParams {
  readonly RoleArn: string | undefined;
  readonly RoleSessionName: string | undefined;
  readonly SerialNumber?: string | undefined;
  readonly TokenCode?: string | undefined;
}

interface WebIdentityParams {
  readonly RoleArn: string | undefined;
  readonly RoleSessionName: string | undefined;
  readonly WebIdentityToken: string | undefined;
}

export interface ProfileRolesOptions {
  /** Region and endpoint of STS. */
  readonly clientConfig: { readonly region: () => Promise<string>; readonly endpoint?: unknown };
  readonly logger: SilentLogger;
  readonly takeCode: MfaCodeTaker;
  /** Roles on the way to the one that is asked for. */
  readonly hops: ProfileHops;
  /** The role that is asked for: it is always assumed anew. */
  readonly roleArn: string | undefined;
  readonly signal: AbortSignal | undefined;
}

/**
 * Assumes the roles of profiles in the session's region, each at most once in its lifetime, and asks for an MFA code when
 * everything else is at hand.
 *
 * Given to the SDK instead of a `clientConfig` with a region, which would also move the portal of IAM Identity Center out of its
 * own region, and which web identity profiles ignore.
 */
export function createProfileRoles(
  sdk: Sdk,
  { clientConfig, logger, takeCode, hops, roleArn, signal }: ProfileRolesOptions,
): ProfileRoles {
  const config = clientConfig as { region: () => Promise<string>; endpoint?: string };

  return {
    mfaCodeProvider: () => Promise.resolve(''),
    async roleAssumer(source, { TokenCode: _placeholder, ...params }) {
      const key = stableKey([source.accessKeyId, { ...params, RoleSessionName: givenName(params.RoleSessionName) }]);
      const kept = params.RoleArn === roleArn ? undefined : hops.find(key);
      if (kept) return kept;
      const provider: AwsCredentialIdentityProvider = sdk.fromTemporaryCredentials({
        params: params as { RoleArn: string; RoleSessionName: string },
        masterCredentials: source,
        mfaCodeProvider: (serialNumber) => takeCode(serialNumber, signal),
        clientConfig: config,
        logger,
      });
      const issued = withAccount(await provider(), params.RoleArn);
      if (params.RoleArn !== roleArn) hops.keep(key, issued);
      return issued;
    },
    async roleAssumerWithWebIdentity({ RoleArn, RoleSessionName, WebIdentityToken }) {
      if (!WebIdentityToken?.trim()) {
        const message = `The web identity token file of the role ${maskArn(String(RoleArn))} is empty.`;
        throw new BsmError('ERR_BSM_TOKEN_FILE_INVALID', message);
      }
      const provider: AwsCredentialIdentityProvider = sdk.fromWebToken({
        roleArn: RoleArn as string,
        ...(RoleSessionName !== undefined && { roleSessionName: RoleSessionName }),
        webIdentityToken: WebIdentityToken,
        clientConfig: config,
        logger,
      });
      return provider();
    },
  };
}

/** The account of a role is that of its sessions; some services choose their endpoint by it. */
function withAccount(credentials: AwsCredentialIdentity, roleArn: string | undefined): AwsCredentialIdentity {
  const accountId = roleArn?.split(':')[4];
  return accountId ? { ...credentials, accountId } : credentials;
}

/** The session name of the profile; without one the SDK makes a name of its own each time. */
function givenName(name: string | undefined): string | undefined {
  return /^aws-sdk-js-\d+$/.test(name ?? '') ? undefined : name;
}
