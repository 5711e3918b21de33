import type { OptionCheck } from '@bsm/core-cache';

/** Accepts an AbortSignal, also one of another realm or a polyfill. */
export const isAbortSignal: OptionCheck = (value) => {
  const signal = value as Partial<AbortSignal> | null;
  return typeof signal?.aborted === 'boolean' && typeof signal.addEventListener === 'function'
    ? undefined
    : 'an AbortSignal';
};
