import { fromAwsError, isBsmError, type Session } from '@bsm/core-cache';
import { withClient } from './with-client.js';

/** Asks IAM, with a client of its own, for the aliases of the account: none when they may not be read. */
export async function callListAccountAliases(session: Session, signal: AbortSignal): Promise<readonly string[]> {
  // IAM is one service per partition. The region says which partition; the SDK's endpoint rules do the rest.
  await session.region();
  try {
    const { IAMClient, paginateListAccountAliases } = await import('@aws-sdk/client-iam');
    const aliases: string[] = [];
    await withClient(
      session,
      (config) => new IAMClient(config),
      async (client) => {
        const pages = paginateListAccountAliases({ client, stopOnSameToken: true }, {}, { abortSignal: signal });
        for await (const page of pages) aliases.push(...(page.AccountAliases ?? []));
      },
    );
    return Object.freeze(aliases);
  } catch (error) {
    const failure = fromAwsError(error, 'Cannot list the account aliases');
    if (isBsmError(failure, 'ERR_BSM_ACCESS_DENIED')) return Object.freeze([]);
    throw failure;
  }
}
