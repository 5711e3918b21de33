import { checkOptions, type OptionCheck, optionInvalid } from '@bsm/core-cache';
import { isListOf, isMatch } from './option-checks.js';
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
    if (typeof value !== 'object' || value === null) return 'a record or a list of tags';
    const keys = new Set<string>();
    const isTag: OptionCheck = (tag, entry) => {
      checkOptions<Tag>(subject, tag, { Key: isTagKey, Value: isTagValue }, `${entry}.`);
      const { Key, Value } = (tag ?? {}) as Partial<Tag>;
      if (Key === undefined || Value === undefined) return 'a tag: { Key, Value }';
      if (keys.has(Key.toLowerCase()))
        throw optionInvalid(subject, `${entry}.Key`, 'unlike all other keys, whatever its case');
      keys.add(Key.toLowerCase());
      return undefined;
    };
    return isListOf(subject, MOST_TAGS, isTag)(tagList(value as SessionTags), name);
  };
}

/** Accepts the key of a tag. */
export const isTagKey: OptionCheck = /* @__PURE__ */ isMatch(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u);

const isTagValue: OptionCheck = /* @__PURE__ */ isMatch(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u);
