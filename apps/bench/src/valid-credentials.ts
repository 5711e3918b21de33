import { createSharedCredentials } from '@bsm/core-cache';
import { doesIdentityRequireRefresh, isIdentityExpired, memoizeIdentityProvider } from '@smithy/core';
import { type Contender, compare, type Measured } from './compare.js';

const credentials = async () => ({
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  sessionToken: 'token',
  expiration: new Date(Date.now() + 12 * 3_600_000),
});

/** What a request pays for asking for credentials that are valid: the SDK's memoizer does this twice per request. */
export async function measureValidCredentials(): Promise<Measured[]> {
  const sdk = memoizeIdentityProvider(credentials, isIdentityExpired, doesIdentityRequireRefresh);
  if (!sdk) throw new Error('the SDK made no memoizer');
  return compare([
    repeat("the SDK's memoizer", sdk),
    repeat('shared credentials', createSharedCredentials(credentials)),
  ]);
}

function repeat(name: string, ask: () => Promise<unknown>): Contender {
  return {
    name,
    run: async (times) => {
      for (let i = 0; i < times; i++) await ask();
    },
  };
}
