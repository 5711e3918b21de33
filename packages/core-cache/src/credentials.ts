import { maskAccessKeyId } from '@bsm/masking';
import { showAs } from './show-as.js';

/** A set of AWS credentials, in the shape of the AWS SDK (declared here, so that any version of the SDK fits). */
export interface AwsCredentialIdentity {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
  readonly accountId?: string;
  readonly credentialScope?: string;
}

/** What a source of credentials is called with. A source may ignore all of it. */
export interface SourceRequest {
  /** Absent on the first call; true afterwards, so that a source with a memory of its own asks again. */
  readonly forceRefresh?: boolean;
  /** Aborted when the session is closed or the deadline of the refresh passes. */
  readonly signal?: AbortSignal;
  /** The session's own region and profile, never those of the client that happens to ask first. */
  readonly callerClientConfig?: { readonly region?: () => Promise<string>; readonly profile?: string };
}

/** A source of credentials: any provider of `@aws-sdk/credential-providers`, or your own function. */
// biome-ignore lint/suspicious/noExplicitAny: the SDK's own provider type takes `Record<string, any>`; anything narrower refuses its providers.
export type AwsCredentialIdentityProvider = (request?: any) => Promise<AwsCredentialIdentity>;

/** Who a set of credentials belongs to, as the source itself said when it issued them. */
export interface SessionPrincipal {
  readonly accountId: string;
  readonly arn: string;
  readonly userId: string;
}

/** The key under which a source may add a {@link SessionPrincipal} to its answer: `Symbol.for('@bsm/principal')`. */
export function principalKey(): symbol {
  return Symbol.for('@bsm/principal');
}

/**
 * Makes the one object that a session hands out for a set of credentials.
 *
 * It is an ordinary unfrozen object, since the SDK writes to what it receives; printing it or turning it into JSON shows the
 * masked key id and the expiration only. Spreading it copies the secrets, without that protection.
 */
export function guardCredentials(fields: AwsCredentialIdentity): AwsCredentialIdentity {
  return showAs({ ...fields }, () => ({
    accessKeyId: maskAccessKeyId(fields.accessKeyId),
    expiration: fields.expiration?.toISOString(),
  }));
}
