import type { Agent as HttpAgent } from 'node:http';
import type { Agent as HttpsAgent } from 'node:https';
import { checkOptions, isInteger, isText, type OptionCheck, optionInvalid } from './check-options.js';
import { read } from './scrub-error.js';

/** How the clients of a session share their connections. */
export interface PoolOptions {
  /** Connections to one host at a time; further requests wait for one. Default 200 (the SDK's is 50, for each client); Infinity is no limit. */
  readonly maxSockets?: number | undefined;
  /** Certificate authorities to trust instead of Node's own: PEM, or several. Not with `httpsAgent`, which brings its own. */
  readonly ca?: string | Uint8Array | readonly (string | Uint8Array)[] | undefined;
  /** An agent of yours for `https:`, such as one that goes through a proxy. It is used as it is, and never destroyed. */
  readonly httpsAgent?: HttpsAgent | undefined;
  /** The same for `http:`. */
  readonly httpAgent?: HttpAgent | undefined;
}

/** Accepts {@link PoolOptions}. */
export function isPoolOptions(subject: string): OptionCheck {
  return (value, name) => {
    checkOptions<PoolOptions>(
      subject,
      value,
      { maxSockets: isMaxSockets, ca: isCa, httpsAgent: isAgent, httpAgent: isAgent },
      `${name}.`,
    );
    const { ca, httpsAgent } = value as PoolOptions;
    if (ca !== undefined && httpsAgent !== undefined)
      throw optionInvalid(subject, `${name}.ca`, 'absent: the agent in httpsAgent decides whom to trust');
    return undefined;
  };
}

const isMaxSockets: OptionCheck = (value) =>
  value === Infinity || isInteger(1, Number.MAX_SAFE_INTEGER)(value, '') === undefined
    ? undefined
    : 'a whole number from 1 up, or Infinity';

const isAgent: OptionCheck = (value) =>
  ['addRequest', 'destroy'].every((method) => typeof read(value, method) === 'function')
    ? undefined
    : 'an agent of Node';

const isCa: OptionCheck = (value) => {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.length > 0 && list.every((one) => isText(one, '') === undefined || isBytes(one))
    ? undefined
    : 'a certificate as PEM, or a list of them';
};

function isBytes(value: unknown): boolean {
  return value instanceof Uint8Array && value.length > 0;
}
