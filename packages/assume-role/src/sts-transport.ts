import type { STSClientConfig } from '@aws-sdk/client-sts';
import type { AwsCredentialIdentity, Session } from '@bsm/core-cache';

/**
 * How STS is asked. The packages ask with the AWS SDK's own client; bring another one through `createAssumeRole` to leave the SDK
 * out of a bundle.
 *
 * Parameters and answers have the names of the STS API, so that a transport passes them on as they are. A transport may throw
 * anything: what it throws is reduced to safe facts. It needs no memory and no retry of its own; the session has them.
 */
export interface StsTransport {
  assumeRole(parameters: AssumeRoleParameters, call: StsCall): Promise<AssumedRoleAnswer>;
  assumeRoleWithWebIdentity(parameters: WebIdentityParameters, call: StsCall): Promise<AssumedRoleAnswer>;
  assumeRoleWithSaml(parameters: SamlParameters, call: StsCall): Promise<AssumedRoleAnswer>;
  getSessionToken(parameters: SessionTokenParameters, call: StsCall): Promise<CredentialsAnswer>;
  getCallerIdentity(call: StsCall): Promise<CallerIdentityAnswer>;
}

/** Where and as whom to ask. */
export interface StsCall {
  /** The session that asks: its `clientDefaults`, and with `resource` a place to keep a client. */
  readonly session: Session;
  /** Signs the call. Absent for web identity and SAML, whose calls are not signed. */
  readonly credentials?: AwsCredentialIdentity | undefined;
  readonly region: string;
  /** Aborted when nobody needs the answer any more. */
  readonly signal?: AbortSignal | undefined;
  /** What the user gave as `stsClientConfig`. */
  readonly clientConfig?: StsClientConfig | undefined;
}

/** Configuration of the SDK's STS client. */
export type StsClientConfig = Partial<STSClientConfig>;

/** A session tag. */
export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/** A context assertion of a trusted context provider, for trusted identity propagation. */
export interface ProvidedContext {
  readonly ProviderArn: string;
  readonly ContextAssertion: string;
}

/** What every call that assumes a role may say about the permissions and the length of its session. */
export interface RoleSessionParameters {
  RoleArn: string;
  PolicyArns?: { arn: string }[];
  Policy?: string;
  DurationSeconds?: number;
}

/** What an MFA device adds to a call. */
export interface MfaParameters {
  SerialNumber?: string;
  TokenCode?: string;
}

/** Parameters of AssumeRole. */
export interface AssumeRoleParameters extends RoleSessionParameters, MfaParameters {
  RoleSessionName: string;
  Tags?: Tag[];
  TransitiveTagKeys?: string[];
  ExternalId?: string;
  SourceIdentity?: string;
  ProvidedContexts?: ProvidedContext[];
}

/** Parameters of AssumeRoleWithWebIdentity. */
export interface WebIdentityParameters extends RoleSessionParameters {
  RoleSessionName: string;
  WebIdentityToken: string;
  ProviderId?: string;
}

/** Parameters of AssumeRoleWithSAML. */
export interface SamlParameters extends RoleSessionParameters {
  PrincipalArn: string;
  SAMLAssertion: string;
}

/** Parameters of GetSessionToken. */
export interface SessionTokenParameters extends MfaParameters {
  DurationSeconds?: number;
}

/** An answer with credentials. Every field is optional, since it comes from a network; it is checked before it is used. */
export interface CredentialsAnswer {
  readonly Credentials?:
    | {
        readonly AccessKeyId?: string | undefined;
        readonly SecretAccessKey?: string | undefined;
        readonly SessionToken?: string | undefined;
        readonly Expiration?: Date | undefined;
      }
    | undefined;
}

/** An answer with the credentials of a role session. */
export interface AssumedRoleAnswer extends CredentialsAnswer {
  readonly AssumedRoleUser?:
    | { readonly AssumedRoleId?: string | undefined; readonly Arn?: string | undefined }
    | undefined;
}

/** The answer of GetCallerIdentity. */
export interface CallerIdentityAnswer {
  readonly Account?: string | undefined;
  readonly Arn?: string | undefined;
  readonly UserId?: string | undefined;
}
