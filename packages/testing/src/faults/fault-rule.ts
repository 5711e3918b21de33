import { FakeAwsError } from '../fake-aws-error.js';
import {
  aFunction,
  anything,
  checkOptions,
  integer,
  isObject,
  listOf,
  matching,
  number,
  type OptionRule,
  oneOf,
  required,
  rule,
  text,
} from '../option-check.js';
import type { RecordedRequest } from '../server/recorded-request.js';

/** Which requests a fault is for. Without any of these: every request, until the fault is removed. */
export interface FaultScope {
  /** Name of an operation, such as `AssumeRole`. */
  readonly operation?: string | undefined;
  readonly service?: 'sts' | 'iam' | 's3' | 'iot' | undefined;
  /** How many requests it hits. Default: all. */
  readonly times?: number | undefined;
  /** How many matching requests it lets pass first. Default 0. */
  readonly after?: number | undefined;
  /** Looks at the request as it is recorded, before it is answered. */
  readonly match?: ((request: RecordedRequest) => boolean) | undefined;
}

/**
 * Something that goes wrong, by `kind`. Durations are real milliseconds, since the network is real. A request is carried
 * out when it arrives, and `delay`, `hang`, `gate`, `reset` and `trickle` hold or lose its answer; `throttle`, `error` and
 * `500` answer in place of the operation, which is then not carried out.
 *
 * | kind | effect |
 * |---|---|
 * | `delay` | the answer leaves after `ms` |
 * | `gate` | the answer leaves when the promise `until` settles |
 * | `hang` | no answer, until the client gives up or the server closes |
 * | `trickle` | the body leaves in pieces of `bytes` (1) every `everyMs` (200) |
 * | `throttle` | 400 `Throttling`; S3: 503 `SlowDown` |
 * | `error` | `status` (500), `code` (`InternalFailure`) and `message` as given |
 * | `500` | 500 `InternalFailure` |
 * | `reset` | connection reset `'before'` the answer (default) or in the `'body'` |
 * | `truncated` | the body ends in the middle; behind the secret key where there is one |
 * | `malformed` | 200 with `body`, by default text that is no XML |
 * | `html` | the page of a proxy, with `status` (502) |
 * | `redirect` | 302 to `location` (`/`) |
 * | `flood` | the body goes on with spaces for `bytes` (100,000,000) |
 * | `missing` | the elements named by `fields` are left out |
 * | `expired-credentials` | credentials end a second before they are issued, or at `expiration`, which may be junk |
 * | `skew` | the clock of the server is `ms` ahead: its `Date` header, and its judgement of signatures |
 */
export type FaultRule = FaultScope &
  (
    | { readonly kind: 'delay'; readonly ms: number }
    | { readonly kind: 'gate'; readonly until: PromiseLike<unknown> }
    | { readonly kind: 'hang' }
    | { readonly kind: 'trickle'; readonly bytes?: number | undefined; readonly everyMs?: number | undefined }
    | { readonly kind: 'throttle'; readonly code?: string | undefined; readonly message?: string | undefined }
    | {
        readonly kind: 'error';
        readonly status?: number | undefined;
        readonly code?: string | undefined;
        readonly message?: string | undefined;
      }
    | { readonly kind: '500' }
    | { readonly kind: 'reset'; readonly when?: 'before' | 'body' | undefined }
    | { readonly kind: 'truncated' }
    | { readonly kind: 'malformed'; readonly body?: string | undefined }
    | { readonly kind: 'html'; readonly status?: number | undefined }
    | { readonly kind: 'redirect'; readonly location?: string | undefined }
    | { readonly kind: 'flood'; readonly bytes?: number | undefined }
    | { readonly kind: 'missing'; readonly fields: readonly string[] }
    | { readonly kind: 'expired-credentials'; readonly expiration?: string | undefined }
    | { readonly kind: 'skew'; readonly ms: number }
  );

/** The kinds of faults. */
export type FaultKind = FaultRule['kind'];
export type FaultOf<K extends FaultKind> = Extract<FaultRule, { readonly kind: K }>;

/** Checks a rule; what is wrong is named `fault.…`. */
export function checkFaultRule(fault: unknown): asserts fault is FaultRule {
  const specific = specificRules();
  const kind = isObject(fault) ? fault['kind'] : undefined;
  if (typeof kind !== 'string' || !Object.hasOwn(specific, kind)) {
    throw new FakeAwsError('fault.kind', `must be one of ${Object.keys(specific).join(', ')}`);
  }
  checkOptions<Record<string, unknown>>(
    fault,
    { kind: text(), ...scopeRules(), ...specific[kind as FaultKind] },
    'fault.',
  );
}

const scopeRules = (): Record<keyof FaultScope, OptionRule> => ({
  operation: text(),
  service: oneOf('sts', 'iam', 's3', 'iot'),
  times: integer(1),
  after: integer(0),
  match: aFunction(),
});

const errorCodeRule = (): OptionRule => matching(/^[\w.]+$/, 'must be an error code');

const specificRules = (): Record<FaultKind, Record<string, OptionRule>> => ({
  delay: { ms: required(number(0)) },
  gate: {
    until: required(rule('must be a promise', (value) => isObject(value) && typeof value['then'] === 'function')),
  },
  hang: {},
  trickle: { bytes: integer(1), everyMs: number(0) },
  throttle: { code: errorCodeRule(), message: text() },
  error: { status: integer(400, 599), code: errorCodeRule(), message: text() },
  '500': {},
  reset: { when: oneOf('before', 'body') },
  truncated: {},
  malformed: { body: anything() },
  html: { status: integer(200, 599) },
  redirect: { location: text() },
  flood: { bytes: integer(1) },
  missing: { fields: required(listOf(text())) },
  'expired-credentials': { expiration: anything() },
  skew: { ms: required(rule('must be a number', Number.isFinite)) },
});
