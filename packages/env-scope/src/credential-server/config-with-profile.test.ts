import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { configWithProfile } from './config-with-profile.js';

const directory = mkdtempSync(join(tmpdir(), 'bsm-config-'));
afterAll(() => rmSync(directory, { recursive: true }));

/** As the system does for a user of whom it knows no more than the number, while HOME is not set. */
function noHome(): string {
  throw new Error('ENOENT: no such user');
}

const ADDED = '\n[profile p]\nregion = eu-west-1\n';

test('a user without a home has no config file', () => {
  for (const base of [{}, { AWS_CONFIG_FILE: '~/.aws/config' }]) {
    expect(configWithProfile(base, 'p', 'eu-west-1', noHome).toString()).toBe(ADDED);
  }
});

test('a user without a home has the config file that the environment names', () => {
  const file = join(directory, 'config');
  writeFileSync(file, '[profile mine]\n');
  const config = configWithProfile({ AWS_CONFIG_FILE: file }, 'p', 'eu-west-1', noHome);
  expect(config.toString()).toBe(`[profile mine]\n${ADDED}`);
});
