import * as assumeRole from '@bsm/assume-role';
import * as coreCache from '@bsm/core-cache';
import * as identity from '@bsm/identity';
import * as masking from '@bsm/masking';
import { describe, expect, test } from 'vitest';
import * as bsm from './index.js';

describe.each(Object.entries({ assumeRole, coreCache, identity, masking }))('%s', (_name, part) => {
  test('is re-exported as it is, nothing left out', () => {
    const missing = Object.entries(part).filter(([name, value]) => (bsm as Record<string, unknown>)[name] !== value);
    expect(missing.map(([name]) => name)).toEqual([]);
  });
});

test('the umbrella adds nothing of its own', () => {
  const known = new Set([assumeRole, coreCache, identity, masking].flatMap((part) => Object.keys(part)));
  expect(Object.keys(bsm).filter((name) => !known.has(name))).toEqual([]);
});
