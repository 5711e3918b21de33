import { brokenTextRules, type Constraints } from '../protocol/constraints.js';
import { type QueryParams, readList, readTexts } from '../protocol/query-protocol.js';
import { ServiceError } from '../protocol/service-error.js';
import type { SessionFacts } from '../world/identity.js';

/** The tags of a session: those of the call, and those that the caller's own session hands on. */
export interface SessionTags {
  readonly requested: ReadonlyMap<string, string>;
  readonly all: ReadonlyMap<string, string>;
  readonly transitiveKeys: readonly string[];
}

/** `Tags` and `TransitiveTagKeys` of a call. */
export interface TagInput {
  readonly tags: readonly { readonly key: string; readonly value: string }[];
  readonly transitiveKeys: readonly string[];
}

const TAG = /[\p{L}\p{Z}\p{N}_.:/=+\-@]*/u;

/** Reads `Tags` and `TransitiveTagKeys`. */
export function readTags(params: QueryParams, constraints: Constraints): TagInput {
  const tags = readList(params, 'Tags').map((item) => ({ key: item.get('Key') ?? '', value: item.get('Value') ?? '' }));
  const transitiveKeys = readTexts(params, 'TransitiveTagKeys');
  for (const [name, items] of [
    ['tags', tags],
    ['transitiveTagKeys', transitiveKeys],
  ] as const) {
    if (items.length > 50)
      constraints.violated(name, `'[${items.length} items]'`, 'have length less than or equal to 50');
  }
  tags.forEach(({ key, value }, index) => {
    const at = `tags.${index + 1}.member`;
    for (const rule of brokenTextRules(key, { minimum: 1, maximum: 128, pattern: TAG })) {
      constraints.violated(`${at}.key`, `'${key}'`, rule);
    }
    for (const rule of brokenTextRules(value, { minimum: 0, maximum: 256, pattern: TAG })) {
      constraints.violated(`${at}.value`, `'${value}'`, rule);
    }
  });
  return { tags, transitiveKeys };
}

/** Joins the tags of a call with the transitive ones of the caller's session, whose keys may not be given again. */
export function joinTags(input: TagInput, parent: SessionFacts | undefined): SessionTags {
  const keys = input.tags.map(({ key }) => key.toLowerCase());
  if (new Set(keys).size < keys.length) {
    throw invalid('Duplicate tag keys found. Please note that Tag keys are case insensitive.');
  }
  if (input.transitiveKeys.some((key) => !keys.includes(key.toLowerCase()))) {
    throw invalid('The specified transitive tag key must be included in the requested tags.');
  }
  const inherited = (parent?.transitiveTagKeys ?? []).map((key): [string, string] => [
    key,
    parent?.tags.get(key) ?? '',
  ]);
  if (inherited.some(([key]) => keys.includes(key.toLowerCase()))) {
    throw invalid(
      "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
    );
  }
  const requested = input.tags.map(({ key, value }): [string, string] => [key, value]);
  return {
    requested: new Map(requested),
    all: new Map([...inherited, ...requested]),
    transitiveKeys: [...inherited.map(([key]) => key), ...input.transitiveKeys],
  };
}

const invalid = (message: string): ServiceError => new ServiceError('InvalidParameterValue', message);
