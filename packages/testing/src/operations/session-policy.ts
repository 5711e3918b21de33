import { isObject } from '../option-check.js';
import { isPermissionList, type Permission } from '../policy/permissions.js';
import type { Constraints } from '../protocol/constraints.js';
import { type QueryParams, readList } from '../protocol/query-protocol.js';
import { ServiceError } from '../protocol/service-error.js';

/** The policies of a session, as they came with the call. */
export interface SessionPolicyInput {
  readonly policy: string | undefined;
  readonly policyArns: readonly string[];
}

/** Reads `Policy` and `PolicyArns`. */
export function readSessionPolicy(params: QueryParams, constraints: Constraints): SessionPolicyInput {
  const policyArns = readList(params, 'PolicyArns').map((item) => item.get('arn') ?? '');
  if (policyArns.length > 10) {
    constraints.violated('policyArns', `'[${policyArns.length} items]'`, 'have length less than or equal to 10');
  }
  for (const arn of policyArns) {
    if (arn.length < 20)
      constraints.violated('policyArns.member.arn', `'${arn}'`, 'have length greater than or equal to 20');
  }
  return { policy: constraints.text('Policy', { minimum: 1, maximum: 2048 }), policyArns };
}

/**
 * Reads the permissions of a session policy; `undefined` when there is none.
 * Managed policies (`policyArns`) are checked for their form and not looked into.
 */
export function sessionPermissions({ policy, policyArns }: SessionPolicyInput): readonly Permission[] | undefined {
  for (const arn of policyArns) {
    if (!/^arn:[\w-]+:iam::(\d{12}|aws):policy\/\S+$/.test(arn))
      throw malformed(`The specified policy ${arn} is invalid.`);
  }
  if (policy === undefined) return undefined;
  const document = parse(policy);
  const statements = isObject(document) ? [document['Statement']].flat() : [];
  if (statements.length === 0) throw malformed('Syntax errors in policy.');
  const known = statements.map((statement) => (isObject(statement) ? withoutCondition(statement) : statement));
  if (!isPermissionList(known) || known.some((item) => typeof item === 'string')) {
    throw malformed('Syntax errors in policy.');
  }
  return known;
}

/** How much of its space a session takes, in percent, by plain length; AWS measures a packed form of its own. */
export function packedPolicySize(input: SessionPolicyInput, tags: ReadonlyMap<string, string>): number | undefined {
  const tagTexts = [...tags].flat();
  const texts = [input.policy ?? '', ...input.policyArns, ...tagTexts];
  const bytes = Buffer.byteLength(texts.join(''));
  if (bytes === 0) return undefined;
  const percent = Math.ceil((bytes * 100) / PACKED_BYTES);
  if (percent <= 100) return percent;
  const what = tags.size > 0 ? 'Packed size of session tags' : 'Packed policy';
  throw new ServiceError('PackedPolicyTooLarge', `${what} consumes ${percent}% of allotted space.`);
}

const PACKED_BYTES = 4096;

function parse(policy: string): unknown {
  try {
    return JSON.parse(policy);
  } catch {
    throw malformed('This policy contains invalid Json');
  }
}

/** Conditions of a session policy are not evaluated: a statement that has some counts as if it had none. */
function withoutCondition(statement: Record<string, unknown>): Record<string, unknown> {
  const { Condition: _, ...rest } = statement;
  return rest;
}

const malformed = (message: string): ServiceError => new ServiceError('MalformedPolicyDocument', message);
