import { isCacheSize } from './cache.js';
import {
  assertOption,
  checkOptions,
  isDuration,
  isFunction,
  isObject,
  isOneOf,
  isOptions,
  isText,
  type OptionCheck,
  optionInvalid,
} from './check-options.js';
import type { Clock } from './clock.js';
import { parseCredentials } from './parse-credentials.js';
import { isPoolOptions } from './pool-options.js';
import { checkRefreshOptions } from './refresh-options.js';
import { isRegion } from './region.js';
import type { CacheLimits, DeriveOptions, SessionOptions } from './session.js';

/**
 * Checks the options of a session.
 *
 * @throws BsmError `ERR_BSM_OPTION_INVALID` naming the option, never its value.
 */
export function checkSessionOptions(options: SessionOptions): void {
  const subject = 'createSession';
  checkOptions<SessionOptions>(subject, options, {
    profile: isText,
    region: isRegion,
    credentials: isCredentials,
    mfaToken: (value) => (typeof value === 'function' ? undefined : isText(value, '') && 'a code or a function'),
    clientDefaults: isClientDefaults(subject),
    clientCache: isCacheLimits(subject),
    resourceCache: isCacheLimits(subject),
    pool: isPoolOptions(subject),
    refresh: isObject,
    clock: isClock(subject),
  });
  checkRefreshOptions(subject, options.refresh, 'refresh.');
}

/**
 * Checks the options of a derived session.
 *
 * @throws BsmError `ERR_BSM_OPTION_INVALID`.
 */
export function checkDeriveOptions(options: DeriveOptions): void {
  const subject = 'session.derive';
  checkOptions<DeriveOptions>(subject, options, {
    credentials: isCredentials,
    region: isRegion,
    refresh: isObject,
    interactiveMs: isDuration(1),
  });
  assertOption(subject, 'credentials', options?.credentials, isCredentials);
  checkRefreshOptions(subject, options.refresh, 'refresh.');
}

/** Accepts a provider, or a key pair that is whole; whether it has ended is a matter for its use. */
export const isCredentials: OptionCheck = (value) => {
  if (typeof value === 'function') return undefined;
  try {
    parseCredentials(value, Number.NEGATIVE_INFINITY);
    return undefined;
  } catch {
    return 'a provider, or whole credentials';
  }
};

function isClientDefaults(subject: string): OptionCheck {
  return (value, name) => {
    if (isObject(value, name)) return isObject(value, name);
    for (const own of ['credentials', 'region', 'signer']) {
      if ((value as Record<string, unknown>)[own] !== undefined) {
        throw optionInvalid(subject, `${name}.${own}`, 'absent: it belongs to the session, not to its clients');
      }
    }
    return undefined;
  };
}

function isCacheLimits(subject: string): OptionCheck {
  return isOptions<CacheLimits>(subject, { policy: isOneOf('lru', 'lfu'), maxSize: isCacheSize });
}

function isClock(subject: string): OptionCheck {
  return (value, name) => {
    if (isObject(value, name)) return isObject(value, name);
    const clock = value as Partial<Record<keyof Clock, unknown>>;
    if (isFunction(clock.now, '')) throw optionInvalid(subject, `${name}.now`, 'a function');
    for (const part of ['monotonic', 'setTimeout', 'clearTimeout'] as const) {
      if (clock[part] !== undefined && isFunction(clock[part], ''))
        throw optionInvalid(subject, `${name}.${part}`, 'a function');
    }
    return undefined;
  };
}
