import type { QueryParams } from './query-protocol.js';
import { ServiceError } from './service-error.js';

/** Limits of a text parameter. */
export interface TextLimits {
  readonly required?: boolean;
  readonly minimum: number;
  readonly maximum: number;
  /** Must match the whole text; `pattern.source` is quoted to the caller. */
  readonly pattern?: RegExp;
}

/** Checks the parameters of a call one after the other and reports all violations at once, as AWS does. */
export interface Constraints {
  text(name: string, limits: TextLimits): string | undefined;
  integer(name: string, minimum: number, maximum: number): number | undefined;
  /** Adds a violation that was found elsewhere. */
  violated(name: string, value: string, rule: string): void;
  /** @throws `ValidationError` that lists every violation. */
  check(): void;
}

export function createConstraints(params: QueryParams): Constraints {
  const violations: string[] = [];
  const add = (name: string, value: string, rule: string): void => {
    const member = name.charAt(0).toLowerCase() + name.slice(1);
    violations.push(`Value ${value} at '${member}' failed to satisfy constraint: Member must ${rule}`);
  };
  return {
    violated: add,
    text(name, limits) {
      const value = params.get(name);
      if (value === undefined) {
        if (limits.required === true) add(name, 'null', 'not be null');
        return undefined;
      }
      for (const rule of brokenTextRules(value, limits)) add(name, `'${value}'`, rule);
      return value;
    },
    integer(name, minimum, maximum) {
      const text = params.get(name);
      if (text === undefined) return undefined;
      const value = /^-?\d+$/.test(text) ? Number(text) : Number.NaN;
      if (Number.isNaN(value)) add(name, `'${text}'`, 'be an integer');
      else if (value < minimum) add(name, `'${text}'`, `have value greater than or equal to ${minimum}`);
      else if (value > maximum) add(name, `'${text}'`, `have value less than or equal to ${maximum}`);
      return value;
    },
    check() {
      if (violations.length === 0) return;
      const count = violations.length === 1 ? '1 validation error' : `${violations.length} validation errors`;
      throw new ServiceError('ValidationError', `${count} detected: ${violations.join('; ')}`);
    },
  };
}

/** The rules that a text breaks, in the words of AWS. */
export function brokenTextRules(value: string, { minimum, maximum, pattern }: TextLimits): readonly string[] {
  const rules: string[] = [];
  const length = [...value].length;
  if (length < minimum) rules.push(`have length greater than or equal to ${minimum}`);
  if (length > maximum) rules.push(`have length less than or equal to ${maximum}`);
  if (pattern !== undefined && !new RegExp(`^(?:${pattern.source})$`, pattern.flags).test(value)) {
    rules.push(`satisfy regular expression pattern: ${pattern.source}`);
  }
  return rules;
}
