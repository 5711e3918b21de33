import { definedFields, isBsmError, type Session } from '@bsm/core-cache';

/**
 * Returns the variables that a child needs beside credentials: both region variables, and the session's own endpoint when it is a
 * string. A region that cannot be resolved sets neither and is no error.
 */
export async function settingsEnv(session: Session): Promise<Record<string, string>> {
  const region = await session.region().catch((error: unknown) => {
    if (isBsmError(error, 'ERR_BSM_REGION_UNRESOLVED')) return undefined;
    throw error;
  });
  return settingsOf(session, region);
}

/** Returns the same for a region that is known already. */
export function settingsOf(session: Session, region: string | undefined): Record<string, string> {
  const { endpoint } = session.clientDefaults;
  return definedFields<Record<string, string>>({
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ENDPOINT_URL: typeof endpoint === 'string' && endpoint !== '' ? endpoint : undefined,
  });
}
