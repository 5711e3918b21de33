import type { RefreshOptions } from './refresh-options.js';

/** How long before their end credentials are renewed: without and with callers waiting. */
export interface RefreshWindow {
  readonly advisoryMs: number;
  readonly mandatoryMs: number;
}

const MINUTE_MS = 60_000;

/**
 * Chooses the windows for credentials of the given lifetime (expiration minus time of receipt).
 *
 * The tiers are those of AWS's cross-SDK refresh behaviour; lifetimes under 10 minutes are ours, since a fixed window would keep
 * such credentials inside it for ever. `interactive` credentials have no advisory window: nobody is asked for a code in advance.
 */
export function refreshWindow(lifetimeMs: number, options: RefreshOptions, interactive: boolean): RefreshWindow {
  const { mandatoryWindowMs = MINUTE_MS, advisoryWindowMs } = options;
  const asked = interactive
    ? Math.min(mandatoryWindowMs, advisoryWindowMs ?? mandatoryWindowMs)
    : (advisoryWindowMs ?? tier(lifetimeMs));
  const advisoryMs = asked < lifetimeMs ? asked : lifetimeMs / 2;
  return { advisoryMs, mandatoryMs: Math.min(mandatoryWindowMs, advisoryMs) };
}

function tier(lifetimeMs: number): number {
  if (lifetimeMs < 10 * MINUTE_MS) return lifetimeMs / 2;
  if (lifetimeMs <= 20 * MINUTE_MS) return 5 * MINUTE_MS;
  if (lifetimeMs < 90 * MINUTE_MS) return 15 * MINUTE_MS;
  return 60 * MINUTE_MS;
}
