import type { Timekeeper } from './clock.js';
import type { AwsCredentialIdentity, SessionPrincipal } from './credentials.js';
import type { RefreshReason } from './events.js';
import type { RefreshOptions } from './refresh-options.js';
import { refreshWindow } from './refresh-window.js';

/** `valid`, or why a refresh is due. */
export type RefreshPhase = 'valid' | Exclude<RefreshReason, 'eager'>;

/** The one set of credentials in hand, and how far its life has gone. */
export interface HeldCredentials {
  readonly credentials: AwsCredentialIdentity;
  readonly principal: SessionPrincipal | undefined;
  /** Already resolved, so that a call with valid credentials makes nothing. */
  readonly answer: Promise<AwsCredentialIdentity>;
  /** When the advisory window opens; undefined for credentials that are never renewed. */
  readonly refreshAfter: Date | undefined;
  /** The same as `phase() === 'valid'`, for the path that every request takes. */
  isFresh(): boolean;
  /** A service rejected them. */
  invalidated: boolean;
  /** Infinity when they state no expiration. Not above what is left of the lifetime at receipt, whatever the wall clock does. */
  remainingMs(): number;
  untilAdvisoryMs(): number;
  untilMandatoryMs(): number;
  phase(minRemainingMs?: number): RefreshPhase;
}

export interface HoldOptions {
  readonly credentials: AwsCredentialIdentity;
  readonly principal: SessionPrincipal | undefined;
  readonly time: Timekeeper;
  readonly refresh: RefreshOptions;
  /** Given as they are: asking again would bring the same. */
  readonly literal: boolean;
  readonly interactive: boolean;
}

// Temporary keys that do not say when they end (environment, hand-over files) are looked up again after this time.
const RECHECK_MS = 15 * 60_000;
// Sources round and clocks differ by seconds: credentials that came with no more than this above a caller's demand cannot
// keep it, and would be fetched again for each request.
const LARGEST_SLACK_MS = 30_000;

export function holdCredentials({
  credentials,
  principal,
  time,
  refresh,
  literal,
  interactive,
}: HoldOptions): HeldCredentials {
  const receivedAt = time.moment();
  const { expiration } = credentials;
  const lifetimeMs = expiration ? expiration.getTime() - receivedAt.wall : Infinity;
  const window = literal ? { advisoryMs: 0, mandatoryMs: 0 } : refreshWindow(lifetimeMs, refresh, interactive);
  const rechecked = !expiration && !literal && credentials.sessionToken !== undefined;
  const slackMs = Math.min(LARGEST_SLACK_MS, lifetimeMs / 20);
  const freshMs = expiration ? lifetimeMs - window.advisoryMs : rechecked ? RECHECK_MS : Infinity;

  const age = (): number => time.elapsedSince(receivedAt);
  const remainingMs = (): number => lifetimeMs - age();

  const held: HeldCredentials = {
    credentials,
    principal,
    answer: Promise.resolve(credentials),
    refreshAfter: Number.isFinite(freshMs) ? new Date(receivedAt.wall + freshMs) : undefined,
    invalidated: false,
    isFresh: () => !held.invalidated && (freshMs === Infinity || age() < freshMs),
    remainingMs,
    untilAdvisoryMs: () => freshMs - age(),
    untilMandatoryMs: () => remainingMs() - window.mandatoryMs,
    phase(minRemainingMs = 0) {
      const gone = age();
      const left = lifetimeMs - gone;
      if (left <= 0) return 'expired';
      if (held.invalidated) return 'invalidated';
      if (left <= window.mandatoryMs) return 'mandatory';
      // A new set lives no longer than this one did: when that was too short already, asking cannot help.
      if (left < minRemainingMs && lifetimeMs - minRemainingMs > slackMs && !literal) return 'remaining';
      if (gone < freshMs) return 'valid';
      return interactive ? 'mandatory' : 'advisory';
    },
  };
  return held;
}
