import { expect, test, vi } from 'vitest';
import { defaultRegion } from './default-region.js';
import { createAwsHome } from './fixtures/aws-home.js';
import { caught } from './fixtures/caught.js';
import { isRegion, type RegionSource, resolveRegion } from './region.js';

interface Row {
  readonly name: string;
  readonly region?: RegionSource;
  readonly profile?: string;
  readonly env?: Record<string, string>;
  readonly config?: string;
  readonly credentials?: string;
  readonly expected: string;
}

const BOTH = '[default]\nregion = of-default\n[profile dev]\nregion = of-dev\n[profile bare]\noutput = json';
const ENV = { AWS_REGION: 'of-variable', AWS_DEFAULT_REGION: 'of-second-variable', AWS_PROFILE: 'dev' };

async function resolveRow({ region, profile, env = {}, config, credentials }: Omit<Row, 'expected'>): Promise<string> {
  await using home = await createAwsHome();
  if (config !== undefined) await home.writeConfig(config);
  if (credentials !== undefined) await home.writeCredentials(credentials);
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  return await resolveRegion(region ?? (() => defaultRegion(profile)));
}

test.each<Row>([
  { name: 'the option', region: 'cn-north-1', profile: 'dev', env: ENV, config: BOTH, expected: 'cn-north-1' },
  { name: 'a function', region: async () => 'us-gov-west-1', env: ENV, config: BOTH, expected: 'us-gov-west-1' },
  {
    name: 'the named profile, whatever the environment says',
    profile: 'dev',
    env: ENV,
    config: BOTH,
    expected: 'of-dev',
  },
  {
    name: 'the named profile in the credentials file',
    profile: 'dev',
    credentials: '[dev]\nregion = r',
    expected: 'r',
  },
  {
    name: 'AWS_REGION when the named profile has none',
    profile: 'bare',
    env: ENV,
    config: BOTH,
    expected: 'of-variable',
  },
  { name: '[default] when the named profile has none', profile: 'bare', config: BOTH, expected: 'of-default' },
  {
    name: 'no profile of the environment that is absent, when another is named',
    profile: 'bare',
    env: { AWS_PROFILE: 'absent' },
    config: BOTH,
    expected: 'of-default',
  },
  { name: 'AWS_REGION', env: ENV, config: BOTH, expected: 'of-variable' },
  { name: 'AWS_DEFAULT_REGION', env: { ...ENV, AWS_REGION: '' }, config: BOTH, expected: 'of-second-variable' },
  { name: 'the profile of AWS_PROFILE', env: { AWS_PROFILE: 'dev' }, config: BOTH, expected: 'of-dev' },
  { name: '[default] when that one has none', env: { AWS_PROFILE: 'bare' }, config: BOTH, expected: 'of-default' },
  { name: '[default]', env: { AWS_PROFILE: '' }, config: BOTH, expected: 'of-default' },
])('the region is that of $name', async ({ expected, ...row }) => {
  expect(await resolveRow(row)).toBe(expected);
});

test.each<Omit<Row, 'expected'> & { says: string }>([
  { name: 'nothing anywhere', says: 'AWS_REGION' },
  { name: 'a default profile without a region', config: '[default]\noutput = json', says: 'default profile' },
  { name: 'a named profile without a region', profile: 'bare', config: '[profile bare]', says: 'profile "bare"' },
  {
    name: 'an empty region in the profile',
    profile: 'bare',
    config: '[profile bare]\nregion =',
    says: 'profile "bare"',
  },
  { name: 'a host in AWS_REGION', env: { AWS_REGION: 'evil.com/' }, says: 'AWS_REGION gives' },
  { name: 'a space in AWS_DEFAULT_REGION', env: { AWS_DEFAULT_REGION: 'eu west' }, says: 'AWS_DEFAULT_REGION gives' },
  { name: 'a host in the profile', config: '[default]\nregion = evil.com#', says: 'profile "default" gives' },
  { name: 'capitals', env: { AWS_REGION: 'EU-WEST-1' }, says: 'AWS_REGION gives' },
  { name: 'too long a text', env: { AWS_REGION: 'a'.repeat(64) }, says: 'AWS_REGION gives' },
  { name: 'a function that returns a host', region: async () => 'evil.com/', says: 'option "region" gives' },
  { name: 'a function that returns nothing', region: (async () => undefined) as never, says: 'option "region" gives' },
])('there is no region with $name', async ({ says, ...row }) => {
  const error = await caught(() => resolveRow(row));
  expect(error).toMatchObject({ code: 'ERR_BSM_REGION_UNRESOLVED', retryable: false });
  expect((error as Error).message).toContain(says);
  expect((error as Error).message).not.toContain('evil');
});

test('what a function throws is no missing region, and passes as it is', async () => {
  const error = new RangeError('the file is broken');
  expect(await caught(() => resolveRow({ name: '', region: () => Promise.reject(error) }))).toBe(error);
});

test('a profile that is named must exist', async () => {
  const config = '[default]\nregion = r';
  await expect(resolveRow({ name: '', profile: 'absent', config })).rejects.toMatchObject({
    code: 'ERR_BSM_PROFILE_NOT_FOUND',
    details: { profile: 'absent' },
  });
  await expect(resolveRow({ name: '', env: { AWS_PROFILE: 'absent' }, config })).rejects.toMatchObject({
    code: 'ERR_BSM_PROFILE_NOT_FOUND',
  });
});

test('a file with a fault is no missing region', async () => {
  await expect(resolveRow({ name: '', config: '[default' })).rejects.toMatchObject({ code: 'ERR_BSM_CONFIG_INVALID' });
});

test.each(['', 'evil.com/', 'EU-WEST-1', 'a b', '../x', 'ü', 'a'.repeat(64), 1, null, {}, ['eu-west-1']])(
  'the option %j is no region',
  (value) => {
    expect(isRegion(value, 'region')).toContain('a region such as');
  },
);

test.each(['eu-west-1', 'cn-north-1', 'us-gov-west-1', 'us-iso-east-1', 'local', 'a'.repeat(63), async () => 'x'])(
  'the option %s can be a region',
  (value) => {
    expect(isRegion(value, 'region')).toBeUndefined();
  },
);
