import * as assumeRole from '@bsm/assume-role';
import * as coreCache from '@bsm/core-cache';
import * as envScope from '@bsm/env-scope';
import * as identity from '@bsm/identity';
import * as masking from '@bsm/masking';
import * as services from '@bsm/services';
import * as serviceNames from '@bsm/services/names';
import * as snapshot from '@bsm/snapshot';
import { describe, expect, test } from 'vitest';
import * as bsm from './index.js';
import * as bsmIot from './iot.js';
import * as bsmServices from './services.js';
import * as bsmSessionManager from './session-manager.js';

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

const PARTS = { assumeRole, coreCache, envScope, identity, masking, serviceNames, snapshot };

describe.each(Object.entries(PARTS))('%s', (_name, part) => {
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

test('the umbrella adds nothing of its own but the manager', () => {
  const known = new Set(Object.values(PARTS).flatMap((part) => Object.keys(part)));
  expect(Object.keys(bsm).filter((name) => !known.has(name))).toEqual(['SessionManager']);
});

test('the paths beside it have what their packages have, and one class of managers', () => {
  expect(Object.keys(bsmIot).sort()).toEqual([
    'connectMqtt',
    'fromIotCertificate',
    'iotSession',
    'mqttOptions',
    'presignMqttUrl',
  ]);
  expect({ ...bsmServices }).toEqual({ ...services });
  expect({ ...bsmSessionManager }).toEqual({ SessionManager: bsm.SessionManager });
});
