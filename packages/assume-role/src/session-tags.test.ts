import { expect, test } from 'vitest';
import { isSessionTags, tagList } from './session-tags.js';

test.each([
  ['a record', { project: 'atlas' }],
  ['a list', [{ Key: 'project', Value: 'atlas' }]],
])('%s is written as AWS wants it', (_name, tags) => {
  expect(isSessionTags('x')(tags, 'tags')).toBeUndefined();
  expect(tagList(tags)).toEqual([{ Key: 'project', Value: 'atlas' }]);
});

test.each([
  ['a map, whose entries would be lost', new Map([['project', 'atlas']])],
  ['a date', new Date()],
  ['null', null],
  ['text', 'project=atlas'],
])('%s is no set of tags', (_name, tags) => {
  expect(isSessionTags('x')(tags, 'tags')).toBe('a record or a list of tags');
});
