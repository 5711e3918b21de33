import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { STSClient } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSession } from './create-session.js';
import type { Session } from './session.js';

const credentials = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};
let folder: string;
let session: Session;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bsm-settled-'));
  vi.stubEnv('AWS_CONFIG_FILE', join(folder, 'config'));
  await writeFile(
    join(folder, 'config'),
    '[default]\nmax_attempts = 4\nuse_dualstack_endpoint = true\n[profile other]\nmax_attempts = 8\n',
  );
  session = createSession({ credentials, region: 'us-east-1' });
});

afterEach(async () => {
  session.close();
  await rm(folder, { recursive: true });
});

it('lets the second client of a class have what the first one looked up, in each region and each derived session', async () => {
  const first = session.client(S3Client);
  const others = [
    session.client(S3Client, { forcePathStyle: true }),
    session.withRegion('eu-west-1').client(S3Client),
    session.derive({ credentials }).client(S3Client),
  ];
  for (const { config } of others) {
    expect(config.maxAttempts).toBe(first.config.maxAttempts);
    expect(await config.maxAttempts()).toBe(4);
    expect(await config.useDualstackEndpoint()).toBe(true);
  }
  expect(await session.withRegion('eu-west-1').client(S3Client).config.region()).toBe('eu-west-1');
  expect(session.client(STSClient).config.maxAttempts).not.toBe(first.config.maxAttempts);
});

it('never hands on what a client was told', async () => {
  const told = session.client(S3Client, { maxAttempts: 9, useDualstackEndpoint: false });
  const other = session.client(S3Client);
  expect(await told.config.maxAttempts()).toBe(9);
  expect(await other.config.maxAttempts()).toBe(4);
  expect(await other.config.useDualstackEndpoint()).toBe(true);
  const third = session.client(S3Client, { maxAttempts: 2 });
  expect(await third.config.maxAttempts()).toBe(2);
});

it('looks again after clearCache', async () => {
  expect(await session.client(S3Client).config.maxAttempts()).toBe(4);
  vi.stubEnv('AWS_MAX_ATTEMPTS', '7');
  expect(await session.withRegion('eu-west-1').client(S3Client).config.maxAttempts()).toBe(4);
  session.clearCache();
  expect(await session.client(S3Client).config.maxAttempts()).toBe(7);
});

it('keeps clients with a profile of their own apart', async () => {
  const other = session.client(S3Client, { profile: 'other' });
  const first = session.client(S3Client);
  const third = session.client(S3Client, { profile: 'other', forcePathStyle: true });
  const attempts = [other, first, third].map(({ config }) => config.maxAttempts());
  expect(await Promise.all(attempts)).toEqual([8, 4, 8]);
});

it('reads the settings of a profile that is named to all clients', async () => {
  using named = createSession({ credentials, region: 'us-east-1', clientDefaults: { profile: 'other' } });
  for (const region of ['us-east-1', 'eu-west-1']) {
    expect(await named.withRegion(region).client(S3Client).config.maxAttempts()).toBe(8);
  }
});

it('leaves to each client what depends on its region or its session, which may be closed', async () => {
  const [child, sibling] = [session.derive({ credentials }), session.derive({ credentials })];
  child.client(S3Client);
  const other = sibling.client(S3Client);
  const own = sibling.client(S3Client, { region: 'fips-us-west-2' });
  child.close();
  expect(await other.config.useFipsEndpoint()).toBe(false);
  expect(await other.config.maxAttempts()).toBe(4);
  expect(await own.config.useFipsEndpoint()).toBe(true);
  expect(await sibling.client(S3Client, { region: 'eu-west-1' }).config.useFipsEndpoint()).toBe(false);
});

it('knows the retry mode also when the first client can no longer tell it', async () => {
  vi.stubEnv('AWS_DEFAULTS_MODE', 'auto');
  using root = createSession({ credentials, region: async () => 'us-east-1' });
  const [child, sibling] = [root.derive({ credentials }), root.derive({ credentials })];
  const first: { retryMode: unknown } = child.client(S3Client).config;
  const other: { retryMode: unknown } = sibling.client(S3Client).config;
  child.close();
  expect(await (other.retryMode as () => Promise<string>)()).toBe('standard');
  await expect((first.retryMode as () => Promise<string>)()).rejects.toMatchObject({ code: 'ERR_BSM_SESSION_CLOSED' });
});

it('hands on the retry mode that is set', async () => {
  vi.stubEnv('AWS_RETRY_MODE', 'adaptive');
  session.client(S3Client);
  const other: { retryMode: unknown } = session.client(S3Client, { forcePathStyle: true }).config;
  expect(await (other.retryMode as () => Promise<string>)()).toBe('adaptive');
});

it('hands on nothing of a client with a logger of its own, which the lookups talk to', async () => {
  const said: string[] = [];
  const logger = (name: string): object =>
    Object.fromEntries(['trace', 'debug', 'info', 'warn', 'error'].map((level) => [level, () => said.push(name)]));
  session.client(S3Client, { logger: logger('first') as never });
  await session.client(S3Client, { logger: logger('second') as never }).config.authSchemePreference();
  expect(new Set(said)).toEqual(new Set(['second']));
});

describe('the defaults mode', () => {
  const modeOf = ({ config }: S3Client): Promise<string> => (config.defaultsMode as () => Promise<string>)();

  /** What a client finds; the next one of the class may know it then. */
  async function found(client: S3Client): Promise<string> {
    const mode = await modeOf(client);
    await new Promise(setImmediate);
    return mode;
  }

  it('is handed on when it is the usual one, until clearCache', async () => {
    await found(session.client(S3Client));
    vi.stubEnv('AWS_DEFAULTS_MODE', 'mobile');
    expect(await found(session.withRegion('eu-west-1').client(S3Client))).toBe('legacy');
    session.clearCache();
    expect(await found(session.client(S3Client))).toBe('mobile');
  });

  it('is not handed on when it is another one', async () => {
    vi.stubEnv('AWS_DEFAULTS_MODE', 'mobile');
    await found(session.withRegion('eu-west-1').client(S3Client));
    vi.stubEnv('AWS_DEFAULTS_MODE', 'in-region');
    expect(await found(session.client(S3Client))).toBe('in-region');
  });

  it.each<[string, object]>([
    ['a client was told', { defaultsMode: 'legacy' }],
    ['a client has a handler of its own', { requestHandler: {} }],
  ])('is not handed on when %s', async (_, config) => {
    await found(session.client(S3Client, config));
    vi.stubEnv('AWS_DEFAULTS_MODE', 'mobile');
    expect(await found(session.withRegion('eu-west-1').client(S3Client))).toBe('mobile');
  });

  it('is not looked for before it is needed', async () => {
    vi.stubEnv('AWS_DEFAULTS_MODE', 'auto');
    const region = vi.fn(async () => 'us-east-1');
    using own = createSession({ credentials, region });
    own.client(S3Client, { requestHandler: {} });
    await new Promise(setImmediate);
    expect(region).not.toHaveBeenCalled();
  });

  it('is left to each client when it does not exist', async () => {
    vi.stubEnv('AWS_DEFAULTS_MODE', 'fast');
    await expect(modeOf(session.client(S3Client))).rejects.toThrow('fast');
    await expect(modeOf(session.withRegion('eu-west-1').client(S3Client))).rejects.toThrow('fast');
  });
});

it('hands on nothing of FIPS', async () => {
  const first = session.client(S3Client);
  vi.stubEnv('AWS_USE_FIPS_ENDPOINT', 'true');
  expect(await first.config.useFipsEndpoint()).toBe(true);
  vi.stubEnv('AWS_USE_FIPS_ENDPOINT', 'false');
  expect(await session.withRegion('eu-west-1').client(S3Client).config.useFipsEndpoint()).toBe(false);
  vi.stubEnv('AWS_USE_FIPS_ENDPOINT', 'true');
  expect(await session.withRegion('eu-west-2').client(S3Client).config.useFipsEndpoint()).toBe(true);
});
