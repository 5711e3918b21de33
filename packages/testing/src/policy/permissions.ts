import { isObject, type OptionRule, rule } from '../option-check.js';
import { matchesWildcard } from './wildcard.js';

/**
 * What a principal may do: the name of an allowed action (`'sts:AssumeRole'`, `'s3:*'`, `'*'`), or a statement written as
 * in a policy of IAM, without conditions.
 */
export type Permission = string | PermissionStatement;

/** One statement of a {@link Permission} list. A `Deny` beats every `Allow`. */
export interface PermissionStatement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | readonly string[];
  /** Default: every resource. */
  readonly Resource?: string | readonly string[] | undefined;
}

export type Decision = 'allowed' | 'not allowed' | 'denied';

/** Decides like IAM does: denied when any statement denies, else allowed when any allows. */
export function decide(permissions: readonly Permission[], action: string, resource: string): Decision {
  const effects = permissions
    .map(asStatement)
    .filter((statement) => covers(statement, action, resource))
    .map((statement) => statement.Effect);
  if (effects.includes('Deny')) return 'denied';
  return effects.includes('Allow') ? 'allowed' : 'not allowed';
}

export const PERMISSIONS_EXPECTATION = 'must be an array of actions and of statements { Effect, Action, Resource? }';

export const permissionsRule = (): OptionRule => rule(PERMISSIONS_EXPECTATION, isPermissionList);

/** Whether a value is a list that {@link decide} understands. */
export const isPermissionList = (value: unknown): value is readonly Permission[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string' || isStatement(item));

const KEYS: readonly string[] = ['Effect', 'Action', 'Resource', 'Sid'];

const isStatement = (value: unknown): value is PermissionStatement =>
  isObject(value) &&
  Object.keys(value).every((key) => KEYS.includes(key)) &&
  (value['Effect'] === 'Allow' || value['Effect'] === 'Deny') &&
  isStrings(value['Action']) &&
  (value['Resource'] === undefined || isStrings(value['Resource']));

const isStrings = (value: unknown): value is string | readonly string[] =>
  typeof value === 'string' || (Array.isArray(value) && value.every((item) => typeof item === 'string'));

const asStatement = (permission: Permission): PermissionStatement =>
  typeof permission === 'string' ? { Effect: 'Allow', Action: permission } : permission;

function covers(statement: PermissionStatement, action: string, resource: string): boolean {
  const actions = [statement.Action].flat();
  const resources = [statement.Resource ?? '*'].flat();
  return (
    actions.some((pattern) => matchesWildcard(pattern.toLowerCase(), action.toLowerCase())) &&
    resources.some((pattern) => matchesWildcard(pattern, resource))
  );
}
