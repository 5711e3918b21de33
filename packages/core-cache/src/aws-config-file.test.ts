import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { loadSharedProfiles } from './aws-config-file.js';
import { allTextOf } from './fixtures/all-text-of.js';
import { createAwsHome } from './fixtures/aws-home.js';
import { caught } from './fixtures/caught.js';

type Settings = Record<string, Record<string, string>>;

async function profilesOf(config: string | undefined, credentials?: string): Promise<Settings> {
  await using home = await createAwsHome();
  if (config !== undefined) await home.writeConfig(config);
  if (credentials !== undefined) await home.writeCredentials(credentials);
  const profiles = await loadSharedProfiles(process.env);
  return Object.fromEntries([...profiles].map(([name, settings]) => [name, Object.fromEntries(settings)]));
}

test.each<[name: string, config: string, expected: Settings]>([
  ['nothing', '', {}],
  [
    'the default profile and a named one',
    '[default]\na = 1\n[profile dev]\nb = 2',
    { default: { a: '1' }, dev: { b: '2' } },
  ],
  ['a section of another kind', '[sso-session s]\nsso_region = x\n[services s]\n[dev]\na = 1', {}],
  ['a profile without settings', '[profile dev]', { dev: {} }],
  ['a name in double quotes', '[profile "my dev"]\na = 1', { 'my dev': { a: '1' } }],
  ['a name in single quotes', "[ profile 'dev' ]\na = 1", { dev: { a: '1' } }],
  ['Windows line ends and a byte order mark', '\uFEFF[profile dev]\r\na = 1\r\nb=2\r\n', { dev: { a: '1', b: '2' } }],
  [
    'comments',
    '# one\n; two\n  # three\n[profile dev] ; four\na = 1 # five\nb = 1#2;3\nc = 4\t;six',
    { dev: { a: '1', b: '1#2;3', c: '4' } },
  ],
  ['a name in capitals and a value with equals signs', '[default]\nRegion = a=b=', { default: { region: 'a=b=' } }],
  [
    'a block of indented settings',
    '[default]\ns3 =\n  region = wrong\n  max = 1\nregion = right',
    { default: { region: 'right' } },
  ],
  ['indented settings outside a block', '[default]\n  region = r\n\tb = 2', { default: { region: 'r', b: '2' } }],
  [
    'a value over two lines',
    '[default]\ncommand = a\n   and more\nregion = r',
    { default: { command: 'a', region: 'r' } },
  ],
  [
    'a section twice',
    '[profile dev]\na = 1\nb = 1\n[default]\n[profile dev]\nb = 2',
    { dev: { a: '1', b: '2' }, default: {} },
  ],
  [
    'a block at the end of a section',
    '[default]\ns3 =\n[profile dev]\n  region = r',
    { default: {}, dev: { region: 'r' } },
  ],
  ['[profile default] before [default]', '[profile default]\na = 1\n[default]\nb = 2', { default: { a: '1' } }],
  ['[profile default] after [default]', '[default]\nb = 2\n[profile default]\na = 1', { default: { a: '1' } }],
])('reads %s', async (_name, config, expected) => {
  expect(await profilesOf(config)).toEqual(expected);
});

test('takes what both files have from the credentials file, as the other AWS tools do', async () => {
  const profiles = await profilesOf(
    '[profile dev]\nregion = of-config\noutput = json\n[profile only-config]',
    '[dev]\nregion = of-credentials\naws_access_key_id = x\n[only-credentials]\na = 1\n[profile odd]\na = 1',
  );
  expect(profiles).toEqual({
    dev: { region: 'of-credentials', output: 'json', aws_access_key_id: 'x' },
    'only-config': {},
    'only-credentials': { a: '1' },
    'profile odd': { a: '1' },
  });
});

const hidden = `secret${randomUUID()}`;

test.each([
  ['text without a value', `[default]\na = 1\n${hidden}`, 3, 'has no "name = value"'],
  ['a value without a name', `[default]\n= ${hidden}`, 2, 'has no "name = value"'],
  ['a setting before any section', `# comment\n${hidden} = 1`, 2, 'comes before any [section]'],
  ['an indented setting before any section', ` a = ${hidden}`, 1, 'comes before any [section]'],
  ['a section that does not end', `[profile ${hidden}`, 1, 'is no [section]'],
  ['a section with something behind it', `[default]${hidden}`, 1, 'is no [section]'],
  ['a section without a name', `[default]\n[ ]\na = ${hidden}`, 2, 'is no [section]'],
  ['a profile that the SDK cannot read', `[default]\n\n[profile __proto__]\na = ${hidden}`, 3, 'cannot read'],
  ['a section that the SDK cannot read', `[__proto__]\na = ${hidden}`, 1, 'cannot read'],
])('refuses %s by its line, without quoting it', async (_name, config, line, problem) => {
  const error = await caught(() => profilesOf(config));
  expect(error).toMatchObject({ code: 'ERR_BSM_CONFIG_INVALID', retryable: false, details: { line } });
  expect((error as Error).message).toContain(`line ${line} `);
  expect((error as Error).message).toContain(problem);
  expect((error as { details: { path: string } }).details.path).toMatch(/\.aws\/config$/);
  expect(allTextOf(error)).not.toContain(hidden);
});

test('names the credentials file when that is the one with the fault', async () => {
  const error = await caught(() => profilesOf('[default]', `[default]\n${hidden}`));
  expect((error as { details: { path: string } }).details.path).toMatch(/\.aws\/credentials$/);
});

test('refuses a directory in place of a file', async () => {
  await using home = await createAwsHome();
  await mkdir(join(home.path, '.aws/config'));
  const error = await caught(() => loadSharedProfiles(process.env));
  expect(error).toMatchObject({ code: 'ERR_BSM_CONFIG_INVALID', details: { path: join(home.path, '.aws/config') } });
  expect((error as Error).message).toContain('cannot be read');
  expect((error as Error).cause).toMatchObject({ code: 'EISDIR' });
});

test('refuses a path that leads through a file', async () => {
  await using home = await createAwsHome();
  const file = await home.write('file', '');
  await expect(loadSharedProfiles({ ...process.env, AWS_CONFIG_FILE: join(file, 'config') })).rejects.toMatchObject({
    code: 'ERR_BSM_CONFIG_INVALID',
  });
});

test('reads the files that the environment names, and counts absent ones as empty', async () => {
  await using home = await createAwsHome();
  await home.writeConfig('[profile home]');
  const config = await home.write('elsewhere/config', '[profile elsewhere]\na = 1');
  const credentials = await home.write('elsewhere/keys', '[keys]\na = 1');
  const env = { AWS_CONFIG_FILE: config, AWS_SHARED_CREDENTIALS_FILE: credentials };
  expect([...(await loadSharedProfiles(env)).keys()]).toEqual(['elsewhere', 'keys']);
  const absent = join(home.path, 'absent');
  expect(await loadSharedProfiles({ AWS_CONFIG_FILE: absent, AWS_SHARED_CREDENTIALS_FILE: absent })).toEqual(new Map());
});

test('finds the home directory by HOME, by USERPROFILE, or from the system', async () => {
  await using home = await createAwsHome();
  await home.writeConfig('[profile dev]');
  expect([...(await loadSharedProfiles({ HOME: home.path })).keys()]).toEqual(['dev']);
  expect([...(await loadSharedProfiles({ USERPROFILE: home.path })).keys()]).toEqual(['dev']);
  vi.stubEnv('HOME', home.path);
  expect([...(await loadSharedProfiles({})).keys()]).toEqual(['dev']);
});

test('reads a long line in time that grows with its length', async () => {
  expect(await profilesOf(`[default]\na = ${' '.repeat(200_000)}x`)).toEqual({ default: { a: 'x' } });
  await expect(profilesOf(`[${' '.repeat(200_000)}x`)).rejects.toMatchObject({ code: 'ERR_BSM_CONFIG_INVALID' });
});
