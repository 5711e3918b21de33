import { FakeAwsError } from '../fake-aws-error.js';
import { ACCOUNT_ID, isObject } from '../option-check.js';
import { type Condition, type ConditionContext, holds, parseConditions } from './condition.js';
import { matchesWildcard } from './wildcard.js';

/** A trust policy document as it stands in IAM. Only what {@link TrustStatement} names is understood; the rest is refused. */
export interface TrustPolicyDocument {
  readonly Version?: '2012-10-17' | '2008-10-17' | undefined;
  readonly Id?: string | undefined;
  readonly Statement: TrustStatement | readonly TrustStatement[];
}

/** One statement of a {@link TrustPolicyDocument}. */
export interface TrustStatement {
  readonly Sid?: string | undefined;
  readonly Effect: 'Allow' | 'Deny';
  /** `'*'`, or principals by kind. `Service` and `Federated` never match a caller of `AssumeRole`. */
  readonly Principal: '*' | { readonly [kind in PrincipalKind]?: string | readonly string[] | undefined };
  readonly Action: string | readonly string[];
  /** Operators `String…`, `Arn…`, `Numeric…`, `Bool` and `Null`, with `IfExists`, `ForAllValues:` and `ForAnyValue:`. */
  readonly Condition?:
    | { readonly [operator: string]: { readonly [key: string]: ConditionValue | readonly ConditionValue[] } }
    | undefined;
}

/** The kinds of principals in a policy. */
export type PrincipalKind = 'AWS' | 'Service' | 'Federated' | 'CanonicalUser';
/** A value that a condition compares with. */
export type ConditionValue = string | boolean | number;

/** A trust policy that was read and found to be understood. */
export type TrustPolicy = readonly ParsedStatement[];

interface ParsedStatement {
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  readonly principals: ReadonlyMap<PrincipalKind, readonly string[]>;
  readonly conditions: readonly Condition[];
}

/** Who asks, in the ways in which a policy may name it. */
export interface PrincipalNames {
  readonly kind: PrincipalKind;
  /** ARNs or provider names, any of which may stand in the policy. */
  readonly names: readonly string[];
  /** The account, which stands for all of its principals; absent for a federated identity. */
  readonly accountId?: string | undefined;
}

/** Reads a trust policy, given as a document or as its JSON text. */
export function parseTrustPolicy(document: unknown, option: string): TrustPolicy {
  const parsed = typeof document === 'string' ? parseJson(document, option) : document;
  if (!isObject(parsed)) throw new FakeAwsError(option, 'must be a policy document or its JSON text');
  refuseUnknown(parsed, ['Version', 'Id', 'Statement'], option);
  const statements = [parsed['Statement']].flat();
  return statements.map((statement: unknown) => parseStatement(statement, option));
}

/** Whether the policy lets the caller do the action: some statement allows and none denies. */
export function trusts(
  policy: TrustPolicy,
  action: string,
  caller: PrincipalNames,
  context: ConditionContext,
): boolean {
  const effects = policy
    .filter((statement) => applies(statement, action, caller, context))
    .map((statement) => statement.effect);
  return effects.includes('Allow') && !effects.includes('Deny');
}

function applies(
  statement: ParsedStatement,
  action: string,
  caller: PrincipalNames,
  context: ConditionContext,
): boolean {
  return (
    statement.actions.some((pattern) => matchesWildcard(pattern.toLowerCase(), action.toLowerCase())) &&
    (statement.principals.get(caller.kind) ?? []).some((principal) => namesCaller(principal, caller)) &&
    holds(statement.conditions, context)
  );
}

function namesCaller(principal: string, caller: PrincipalNames): boolean {
  if (principal === '*' || caller.names.includes(principal)) return true;
  const account = ACCOUNT_ID.test(principal) ? principal : /^arn:[\w-]+:iam::(\d{12}):root$/.exec(principal)?.[1];
  return account !== undefined && account === caller.accountId;
}

const STATEMENT_KEYS: readonly string[] = ['Sid', 'Effect', 'Principal', 'Action', 'Condition'];

function parseStatement(statement: unknown, option: string): ParsedStatement {
  if (!isObject(statement)) throw new FakeAwsError(option, 'must have statements that are objects');
  refuseUnknown(statement, STATEMENT_KEYS, option);
  const effect = statement['Effect'];
  if (effect !== 'Allow' && effect !== 'Deny') throw new FakeAwsError(option, 'must have Allow or Deny as its Effect');
  return {
    effect,
    actions: strings(statement['Action'], option, 'Action'),
    principals: parsePrincipals(statement['Principal'], option),
    conditions: parseConditions(statement['Condition'], option),
  };
}

function parsePrincipals(principal: unknown, option: string): ReadonlyMap<PrincipalKind, readonly string[]> {
  if (principal === '*') return new Map([['AWS', ['*']]]);
  if (!isObject(principal)) throw new FakeAwsError(option, 'must have * or an object as its Principal');
  refuseUnknown(principal, ['AWS', 'Service', 'Federated', 'CanonicalUser'], option);
  const entries = Object.entries(principal).map(
    ([kind, names]) => [kind as PrincipalKind, strings(names, option, 'Principal')] as const,
  );
  for (const [kind, names] of entries) {
    if (kind === 'AWS') for (const name of names) checkAwsPrincipal(name, option);
  }
  return new Map(entries);
}

/** IAM takes no wildcard inside an ARN here; `*` alone is everyone. */
function checkAwsPrincipal(name: string, option: string): void {
  const arn = /^arn:aws[\w-]*:(iam|sts)::\d{12}:(root|(user|role|assumed-role|federated-user)\/[^*?\s]+)$/;
  if (name !== '*' && !ACCOUNT_ID.test(name) && !arn.test(name)) {
    throw new FakeAwsError(option, 'names an AWS principal that is no account id, root, user, role or session ARN');
  }
}

function strings(value: unknown, option: string, key: string): readonly string[] {
  const items = [value].flat();
  if (items.length > 0 && items.every((item) => typeof item === 'string' && item !== '')) return items as string[];
  throw new FakeAwsError(option, `must have text or texts as its ${key}`);
}

function refuseUnknown(object: Record<string, unknown>, known: readonly string[], option: string): void {
  const unknown = Object.keys(object).find((key) => !known.includes(key));
  if (unknown !== undefined) throw new FakeAwsError(option, `has the element ${unknown}, which is not supported`);
}

function parseJson(text: string, option: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new FakeAwsError(option, 'must be a policy document or its JSON text');
  }
}
