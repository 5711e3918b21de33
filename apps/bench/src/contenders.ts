import { createSharedCredentials } from '@bsm/core-cache';
import { doesIdentityRequireRefresh, isIdentityExpired, memoizeIdentityProvider } from '@smithy/core';

/** Credentials as a source of the benchmarks gives them. */
export interface Keys {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
  expiration?: Date;
}

export type Source = () => Promise<Keys>;

/** Example keys of AWS's documentation that live for this long. */
export function exampleKeys(lifetimeMs: number): Keys {
  return {
    accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    sessionToken: 'token',
    expiration: new Date(Date.now() + lifetimeMs),
  };
}

/** Who keeps the credentials of a source: what every client of the SDK does for itself, then shared credentials. */
export const CONTENDERS: readonly { readonly name: string; readonly keep: (source: Source) => Source }[] = [
  { name: "the SDK's memoizer", keep: memoize },
  { name: 'shared credentials', keep: (source) => createSharedCredentials(source) },
];

function memoize(source: Source): Source {
  const memoized = memoizeIdentityProvider(source, isIdentityExpired, doesIdentityRequireRefresh);
  if (!memoized) throw new Error('the SDK made no memoizer');
  return memoized;
}
