import { checkOptions, isObject, type OptionCheck, optionInvalid } from '@bsm/core-cache';
import { isListOf, isMatch } from './option-checks.js';
import type { Tag } from './sts-transport.js';

/** Session tags: `{ project: 'atlas' }`, or in AWS's own shape. */
export type SessionTags = Readonly<Record<string, string>> | readonly Tag[];

/** The most tags that STS takes. */
export const MOST_TAGS = 50;

/** Writes tags in the shape of AWS, in the order in which they were given. */
export function tagList(tags: SessionTags): Tag[] {
  return isTagList(tags)
    ? tags.map(({ Key, Value }) => ({ Key, Value }))
    : Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/** Checks tags by the rules of STS: at most 50, characters, lengths, no key twice whatever its case. */
export function isSessionTags(subject: string): OptionCheck {
  const isTag: OptionCheck = (tag, name) => {
    if (isObject(tag, name)) return 'a tag: { Key, Value }';
    checkOptions<Tag>(subject, tag, { Key: isTagKey, Value: isTagValue }, `${name}.`);
    const { Key, Value } = tag as Partial<Tag>;
    return Key === undefined || Value === undefined ? 'a tag: { Key, Value }' : undefined;
  };
  return (value, name) => {
    if (typeof value !== 'object' || value === null) return 'a record or a list of tags';
    const tags = Array.isArray(value) ? value : tagList(value as SessionTags);
    const expected = isListOf(subject, MOST_TAGS, isTag)(tags, name);
    if (expected === undefined) refuseTwins(subject, tags, name);
    return expected;
  };
}

/** Accepts the key of a tag. */
export const isTagKey: OptionCheck = (value, name) =>
  isMatch(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u, '1 to 128 letters, digits, spaces or any of _.:/=+-@')(value, name);

const isTagValue: OptionCheck = (value, name) =>
  isMatch(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u, 'up to 256 letters, digits, spaces or any of _.:/=+-@')(value, name);

function refuseTwins(subject: string, tags: readonly Tag[], name: string): void {
  const seen = new Set<string>();
  for (const [index, { Key }] of tags.entries()) {
    const key = Key.toLowerCase();
    if (seen.has(key))
      throw optionInvalid(subject, `${name}[${index}].Key`, 'a key that no other tag has, whatever its case');
    seen.add(key);
  }
}

function isTagList(tags: SessionTags): tags is readonly Tag[] {
  return Array.isArray(tags);
}
