import { describe, expect, it } from 'vitest';
import { findForbidden, IDLE_TESTS, MACHINE_PATHS, REGISTRY_HOSTS, SECRETS } from './forbidden-text.ts';

const ALL = [...MACHINE_PATHS, ...REGISTRY_HOSTS, ...SECRETS, ...IDLE_TESTS];
// Each is put together here, so that this file passes the check itself.
const join = (...parts: readonly string[]): string => parts.join('');

describe('findForbidden', () => {
  it.each([
    { what: 'a path of one machine', text: join('cd /wo', 'rk/main') },
    { what: 'a path of one machine', text: join('"/ro', 'ot/.npmrc"') },
    { what: 'a home directory', text: join('file:///ho', 'me/someone/a.ts') },
    { what: 'a home directory', text: join('/Us', 'ers/someone/a.ts') },
    { what: 'a temporary directory', text: join('/tm', 'p/build-1/a.ts') },
    { what: 'the host of a registry', text: join('https://registry.np', 'mjs.org/a') },
    { what: 'the host of a registry', text: join('https://py', 'pi.org/simple') },
    { what: 'an access key id', text: join('AKI', 'A2345672345672345') },
    { what: 'an access key id', text: join('"ASI', 'AQWERTYUIOPASDFGH"') },
    { what: 'a secret key', text: join('aws_secret_access_', 'key = ', 'abcdefghij'.repeat(4)) },
    { what: 'a secret key', text: join('secretAccess', "Key: '", 'abcdefghij'.repeat(4), "'") },
    { what: 'a private key', text: join('-----BEGIN RSA PRIV', 'ATE KEY-----\\n', 'MIIE'.repeat(16)) },
    { what: 'an npm token', text: join('np', 'm_', 'a'.repeat(36)) },
    { what: 'a GitHub token', text: join('gh', 'p_', 'a'.repeat(36)) },
    { what: 'a test that does not run', text: join('it.sk', "ip('x')") },
    { what: 'a test that does not run', text: join('describe.on', "ly('x')") },
    { what: 'a test that does not run', text: join('it.concurrent.to', "do('x')") },
    { what: 'a test that does not run', text: join(' xi', "t('x')") },
  ])('finds $what', ({ what, text }) => {
    const found = findForbidden(`first line\n${text}`, ALL);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(`2: ${what}`);
  });

  it.each([
    'AKIAIOSFODNN7EXAMPLE',
    "secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'",
    'arn:aws:iam::123456789012:root',
    '../work/a.ts',
    'https://example.com/root/a',
    'process.exit(1); exit(0);',
    'list.only = true',
    '-----BEGIN PRIVATE KEY-----***',
  ])('accepts %s', (text) => {
    expect(findForbidden(text, ALL)).toEqual([]);
  });
});
