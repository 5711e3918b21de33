import { type AssumeRole, createAssumeRole } from '@bsm/assume-role';

/** Asks a broker of one's own instead of STS, which answers with JSON in the terms of the STS API. */
export function assumeRoleThrough(broker: URL): AssumeRole {
  return createAssumeRole({
    async assumeRole(parameters, { signal = null }) {
      const response = await fetch(broker, { method: 'POST', body: JSON.stringify(parameters), signal });
      const { Credentials, AssumedRoleUser } = (await response.json()) as StsJson;
      return { Credentials: { ...Credentials, Expiration: new Date(Credentials.Expiration) }, AssumedRoleUser };
    },
  });
}

interface StsJson {
  readonly Credentials: {
    readonly AccessKeyId: string;
    readonly SecretAccessKey: string;
    readonly SessionToken: string;
    readonly Expiration: string;
  };
  readonly AssumedRoleUser: { readonly Arn: string; readonly AssumedRoleId: string };
}
