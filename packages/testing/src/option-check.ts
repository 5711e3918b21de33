import { FakeAwsError } from './fake-aws-error.js';

/** One rule for one option: whether a value is fine, and the words for when it is not. */
export interface OptionRule {
  readonly accepts: (value: unknown) => boolean;
  readonly expectation: string;
  readonly required?: boolean;
}

export type OptionRules<T> = { readonly [K in keyof Required<T>]: OptionRule };

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const rule = (expectation: string, accepts: (value: unknown) => boolean): OptionRule => ({
  accepts,
  expectation,
});

export const required = (inner: OptionRule): OptionRule => ({ ...inner, required: true });

export const matching = (pattern: RegExp, expectation: string): OptionRule =>
  rule(expectation, (value) => typeof value === 'string' && pattern.test(value));

export const oneOf = (...allowed: readonly string[]): OptionRule =>
  rule(`must be one of ${allowed.join(', ')}`, (value) => typeof value === 'string' && allowed.includes(value));

export const number = (minimum: number, maximum: number = Number.MAX_SAFE_INTEGER): OptionRule =>
  rule(
    maximum === Number.MAX_SAFE_INTEGER
      ? `must be a number of at least ${minimum}`
      : `must be a number from ${minimum} to ${maximum}`,
    (value) => typeof value === 'number' && Number.isFinite(value) && value >= minimum && value <= maximum,
  );

export const integer = (minimum: number, maximum?: number): OptionRule => {
  const range = number(minimum, maximum);
  return rule(range.expectation.replace('a number', 'an integer'), (v) => Number.isInteger(v) && range.accepts(v));
};

export const boolean = (): OptionRule => rule('must be a boolean', (value) => typeof value === 'boolean');
export const text = (): OptionRule => rule('must be a non-empty string', (v) => typeof v === 'string' && v !== '');
export const anything = (): OptionRule => rule('', () => true);
export const aFunction = (): OptionRule => rule('must be a function', (value) => typeof value === 'function');
export const list = (): OptionRule => rule('must be an array', (value) => Array.isArray(value));
export const date = (): OptionRule =>
  rule('must be a valid Date', (value) => value instanceof Date && !Number.isNaN(value.getTime()));
export const listOf = (item: OptionRule): OptionRule =>
  rule(`must be an array whose items each ${item.expectation.replace('must be', 'are')}`, (value) =>
    Array.isArray(value) ? value.every((entry) => item.accepts(entry)) : false,
  );

export const oneOrMore = (item: OptionRule): OptionRule =>
  rule(`${item.expectation}, or an array of them`, (value) => item.accepts(value) || listOf(item).accepts(value));

/** Characters that the names of users, roles and sessions may have. */
export const principalName = (minimum: number, maximum: number): OptionRule =>
  matching(
    new RegExp(`^[\\w+=,.@-]{${minimum},${maximum}}$`),
    `must be a name of ${minimum} to ${maximum} letters, digits or _+=,.@-`,
  );

export const ACCOUNT_ID: RegExp = /^\d{12}$/;
export const accountId = (): OptionRule => matching(ACCOUNT_ID, 'must be a string of 12 digits');
export const partition = (): OptionRule => matching(/^aws(-[a-z]+){0,3}$/, 'must be a partition such as aws or aws-cn');
export const region = (): OptionRule => matching(/^[a-z0-9-]{1,63}$/, 'must match ^[a-z0-9-]{1,63}$');
export const path = (): OptionRule =>
  matching(/^\/([\x21-\x7e]{0,510}\/)?$/, 'must be an IAM path that begins and ends with a slash');

/**
 * Checks options against rules; an unknown key, a missing required one and a value that its rule refuses throw.
 * `at` is the path in front of the names, such as `users[2].`.
 */
export function checkOptions<T>(options: unknown, rules: OptionRules<T>, at = ''): asserts options is T {
  if (!isObject(options)) throw new FakeAwsError(at === '' ? 'options' : at.replace(/\.$/, ''), 'must be an object');
  const table = rules as Readonly<Record<string, OptionRule>>;
  for (const name of Object.keys(options)) {
    if (!Object.hasOwn(table, name)) throw new FakeAwsError(`${at}${name}`, 'is unknown');
  }
  for (const [name, entry] of Object.entries(table)) {
    const value = options[name];
    if (value === undefined) {
      if (entry.required === true) throw new FakeAwsError(`${at}${name}`, 'is required');
    } else if (!entry.accepts(value)) throw new FakeAwsError(`${at}${name}`, entry.expectation);
  }
}
