import { FakeAwsError } from '../fake-aws-error.js';
import { isObject } from '../option-check.js';
import { matchesWildcard } from './wildcard.js';

/** What a request says under each condition key; keys in lower case, several values for the keys that have them. */
export type ConditionContext = ReadonlyMap<string, readonly string[]>;

/** One line of a `Condition` block: an operator, a key and the values of the policy. */
export interface Condition {
  readonly operator: string;
  readonly set: 'ForAllValues' | 'ForAnyValue' | undefined;
  readonly ifExists: boolean;
  readonly key: string;
  readonly values: readonly string[];
}

/** Makes a context out of key and value pairs, leaving out the absent ones. */
export function conditionContext(
  entries: Iterable<readonly [string, string | readonly string[] | undefined]>,
): ConditionContext {
  const context = new Map<string, readonly string[]>();
  for (const [key, value] of entries) if (value !== undefined) context.set(key.toLowerCase(), [value].flat());
  return context;
}

/** Reads a `Condition` block; an operator that is not understood is refused rather than ignored. */
export function parseConditions(block: unknown, option: string): readonly Condition[] {
  if (block === undefined) return [];
  if (!isObject(block)) throw new FakeAwsError(option, 'must have an object as its Condition');
  return Object.entries(block).flatMap(([operator, keys]) => {
    if (!isObject(keys)) throw new FakeAwsError(option, `must have an object under the condition ${operator}`);
    return Object.entries(keys).map(([key, values]) => parseCondition(operator, key, values, option));
  });
}

/** Whether every condition holds. */
export const holds = (conditions: readonly Condition[], context: ConditionContext): boolean =>
  conditions.every((condition) => conditionHolds(condition, context));

type Comparison = (policyValue: string, requestValue: string) => boolean;
const equal: Comparison = (a, b) => a === b;
const equalIgnoringCase: Comparison = (a, b) => a.toLowerCase() === b.toLowerCase();

/** A name with `Not` in it asks that none of the values fits. */
const OPERATORS: Readonly<Record<string, Comparison>> = {
  StringEquals: equal,
  StringNotEquals: equal,
  StringEqualsIgnoreCase: equalIgnoringCase,
  StringNotEqualsIgnoreCase: equalIgnoringCase,
  StringLike: matchesWildcard,
  StringNotLike: matchesWildcard,
  ArnEquals: matchesWildcard,
  ArnNotEquals: matchesWildcard,
  ArnLike: matchesWildcard,
  ArnNotLike: matchesWildcard,
  Bool: equalIgnoringCase,
  NumericEquals: (a, b) => Number(a) === Number(b),
  NumericNotEquals: (a, b) => Number(a) === Number(b),
  NumericLessThan: (a, b) => Number(b) < Number(a),
  NumericLessThanEquals: (a, b) => Number(b) <= Number(a),
  NumericGreaterThan: (a, b) => Number(b) > Number(a),
  NumericGreaterThanEquals: (a, b) => Number(b) >= Number(a),
  Null: equal,
};

const isNegated = ({ operator }: Condition): boolean => operator.includes('Not');

function parseCondition(name: string, key: string, values: unknown, option: string): Condition {
  const match = /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(name);
  const operator = match?.[2] ?? '';
  if (!Object.hasOwn(OPERATORS, operator)) {
    throw new FakeAwsError(option, `uses the condition operator ${name}, which is not supported`);
  }
  return {
    operator,
    set: match?.[1] as Condition['set'],
    ifExists: match?.[3] !== undefined,
    key: key.toLowerCase(),
    values: [values].flat().map(String),
  };
}

function conditionHolds(condition: Condition, context: ConditionContext): boolean {
  const present = context.get(condition.key);
  if (condition.operator === 'Null') return condition.values.includes(String(present === undefined));
  if (present === undefined) {
    return condition.ifExists || condition.set === 'ForAllValues' || isNegated(condition);
  }
  const accepts = (value: string): boolean => valueFits(condition, value, context);
  return condition.set === 'ForAllValues' ? present.every(accepts) : present.some(accepts);
}

function valueFits(condition: Condition, value: string, context: ConditionContext): boolean {
  const compare = OPERATORS[condition.operator]!;
  const found = condition.values.some((pattern) => compare(fillVariables(pattern, context), value));
  return found !== isNegated(condition);
}

/** Replaces policy variables such as `${aws:username}` by what the request says. */
const fillVariables = (pattern: string, context: ConditionContext): string =>
  pattern.replace(/\$\{([^}]+)\}/g, (whole, key: string) => context.get(key.toLowerCase())?.[0] ?? whole);
