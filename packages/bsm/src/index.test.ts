import * as assumeRole from '@bsm/assume-role';
import * as coreCache from '@bsm/core-cache';
import * as identity from '@bsm/identity';
import * as masking from '@bsm/masking';
import { describe, expect, test } from 'vitest';
import * as bsm from './index.js';

/** What packages that build on the core need, and applications do not. */
const BUILDING_BLOCKS = new Set([
  'assertOption',
  'checkOptions',
  'checkRefreshOptions',
  'definedFields',
  'internalClientConfig',
  'isAbortSignal',
  'isBoolean',
  'isCacheSize',
  'isCredentialRejection',
  'isDuration',
  'isFunction',
  'isInteger',
  'isObject',
  'isOneOf',
  'isOptions',
  'isRegion',
  'isRegionName',
  'isText',
  'optionInvalid',
  'sessionTime',
  'takeUnusedCode',
]);

describe.each(Object.entries({ assumeRole, coreCache, identity, masking }))('%s', (_name, part) => {
  test('is re-exported as it is, nothing left out', () => {
    const missing = Object.entries(part).filter(
      ([name, value]) => !BUILDING_BLOCKS.has(name) && (bsm as Record<string, unknown>)[name] !== value,
    );
    expect(missing.map(([name]) => name)).toEqual([]);
  });
});

test('building blocks stay in the core', () => {
  expect(Object.keys(bsm).filter((name) => BUILDING_BLOCKS.has(name))).toEqual([]);
  expect([...BUILDING_BLOCKS].filter((name) => !(name in coreCache))).toEqual([]);
});

test('the umbrella adds nothing of its own', () => {
  const known = new Set([assumeRole, coreCache, identity, masking].flatMap((part) => Object.keys(part)));
  expect(Object.keys(bsm).filter((name) => !known.has(name))).toEqual([]);
});
