import { isObject, type OptionCheck } from '@bsm/core-cache';
import { isListOf, isMatch, isObjectOf } from './option-checks.js';
import type { Tag } from './sts-transport.js';

/** Session tags: `{ project: 'atlas' }`, or in AWS's own shape. */
export type SessionTags = Readonly<Record<string, string>> | readonly Tag[];

/** The most tags that STS takes. */
export const MOST_TAGS = 50;

/** Writes tags in the shape of AWS, in the order in which they were given. */
export function tagList(tags: SessionTags): Tag[] {
  return Array.isArray(tags)
    ? [...(tags as readonly Tag[])]
    : Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/** Checks tags by the rules of STS: at most 50, characters, lengths, no key twice whatever its case. */
export function isSessionTags(subject: string): OptionCheck {
  return (value, name) => {
    const seen = new Set<string>();
    const isNewKey: OptionCheck = (key, option) => {
      const before = seen.size;
      seen.add(String(key).toLowerCase());
      return isTagKey(key, option) ?? (seen.size > before ? undefined : 'unlike the others, whatever its case');
    };
    const isTags = isListOf(subject, MOST_TAGS, isObjectOf(subject, { Key: isNewKey, Value: isTagValue }));
    return Array.isArray(value) || !isObject(value, name)
      ? isTags(tagList(value as SessionTags), name)
      : 'a record or a list of tags';
  };
}

/** Accepts the key of a tag. */
export const isTagKey: OptionCheck = /* @__PURE__ */ isMatch(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u);

const isTagValue: OptionCheck = /* @__PURE__ */ isMatch(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u);
