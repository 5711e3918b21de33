import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { STSClient } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ClientClass } from './client-config.js';
import { createSession } from './create-session.js';
import { createFipsSetting, type FipsSetting } from './fips-setting.js';

const credentials = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bsm-fips-'));
  vi.stubEnv('AWS_CONFIG_FILE', join(folder, 'config'));
  await writeFile(join(folder, 'config'), '[profile gov]\nuse_fips_endpoint = true\n');
});

afterEach(() => rm(folder, { recursive: true }));

/** A setting that has seen a client of each class. */
function make(...classes: ClientClass<{ readonly config: object }>[]): FipsSetting {
  const setting = createFipsSetting();
  for (const Client of classes) setting.note(Client, new Client({ region: 'us-east-1', credentials }));
  return setting;
}

/** Asks until the setting knows, which is after the first question. */
async function known(setting: FipsSetting, Client: ClientClass = S3Client): Promise<() => Promise<unknown>> {
  return vi.waitFor(() => {
    const option = setting.of(Client);
    if (option === undefined) throw new Error('not known yet');
    return option;
  });
}

/** Lets a look-up that is under way end. */
async function lookUpEnds(): Promise<void> {
  for (let turn = 0; turn < 9; turn++) await new Promise((resolve) => setTimeout(resolve, 0));
}

describe('the setting', () => {
  it('is looked up once for the clients of all classes', async () => {
    const setting = make(S3Client, STSClient);
    expect(setting.of(S3Client)).toBeUndefined();
    expect(await (await known(setting))()).toBe(false);
    expect(await setting.of(STSClient)?.()).toBe(false);
    setting.clear();
    expect(setting.of(S3Client)).toBeUndefined();
    expect(await (await known(setting))()).toBe(false);
  });

  it.each<[string, Record<string, string>]>([
    ['a variable', { AWS_USE_FIPS_ENDPOINT: 'true' }],
    ['a profile', { AWS_PROFILE: 'gov' }],
  ])('that %s says later is seen by clients that were made before, and by new ones', async (_, variables) => {
    const setting = make(S3Client);
    const before = await known(setting);
    for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
    expect(await before()).toBe(true);
    expect(setting.of(S3Client)).toBeUndefined();
    await lookUpEnds();
    expect(setting.of(S3Client)).toBeUndefined();
    vi.unstubAllEnvs();
    vi.stubEnv('AWS_CONFIG_FILE', join(folder, 'config'));
    expect(await before()).toBe(false);
  });

  it('of which nobody knows for which environment it was looked up is not remembered', async () => {
    const setting = make(S3Client);
    vi.stubEnv('AWS_PROFILE', 'gov');
    setting.of(S3Client);
    vi.stubEnv('AWS_PROFILE', 'default');
    await lookUpEnds();
    vi.stubEnv('AWS_PROFILE', 'gov');
    expect(setting.of(S3Client)).toBeUndefined();
    vi.stubEnv('AWS_PROFILE', 'default');
    setting.of(S3Client);
    vi.stubEnv('AWS_PROFILE', 'gov');
    await lookUpEnds();
    expect(setting.of(S3Client)).toBeUndefined();
    await lookUpEnds();
    expect(setting.of(S3Client)).toBeUndefined();
  });

  it('that is neither true nor false is what the SDK takes it for', async () => {
    vi.stubEnv('AWS_USE_FIPS_ENDPOINT', 'perhaps');
    const alone = new S3Client({ region: 'us-east-1', credentials });
    expect(await (await known(make(S3Client)))()).toBe(await alone.config.useFipsEndpoint());
  });

  it('that cannot be looked up is left to each client', async () => {
    class Base {}
    class Picky extends Base {
      readonly config = { useFipsEndpoint: async () => false };
      constructor({ credentials: { accessKeyId } }: { credentials: { accessKeyId: string } }) {
        super();
        if (accessKeyId !== credentials.accessKeyId) throw new Error('no');
      }
      send(): void {}
    }
    const setting = make(Picky);
    setting.of(Picky);
    await lookUpEnds();
    expect(setting.of(Picky)).toBeUndefined();
  });

  it('is left to classes that decide in their own way, and to what is no client of the SDK', async () => {
    class Own extends S3Client {}
    class Base {}
    class Stranger extends Base {
      static made = 0;
      readonly config = {};
      constructor() {
        super();
        Stranger.made++;
      }
      send(): void {}
    }
    const setting = make(S3Client, Own, Stranger);
    await known(setting);
    expect(setting.of(Own)).toBeUndefined();
    expect(setting.of(Stranger)).toBeUndefined();
    expect(Stranger.made).toBe(1);
  });
});

describe('clients of a session', () => {
  /** A client that was made when the setting was known. */
  async function settled(session: ReturnType<typeof createSession>): Promise<S3Client> {
    session.client(S3Client);
    session.client(S3Client, { forcePathStyle: true });
    await lookUpEnds();
    return session.withRegion('us-west-2').client(S3Client);
  }
  const isFips = ({ config }: S3Client): Promise<boolean> => config.useFipsEndpoint();

  it('use FIPS as soon as it is set, and where the region or the client says so', async () => {
    using session = createSession({ credentials, region: 'us-east-1' });
    const client = await settled(session);
    expect(await isFips(session.withRegion('fips-us-west-2').client(S3Client))).toBe(true);
    expect(await isFips(session.client(S3Client, { useFipsEndpoint: true }))).toBe(true);
    expect(await isFips(session.withRegion('us-gov-west-1').client(S3Client))).toBe(false);
    vi.stubEnv('AWS_USE_FIPS_ENDPOINT', 'true');
    expect(await isFips(client)).toBe(true);
    expect(await isFips(session.withRegion('us-gov-east-1').client(S3Client))).toBe(true);
  });

  it('with a profile of their own use what that says', async () => {
    using session = createSession({ credentials, region: 'us-east-1' });
    await settled(session);
    expect(await isFips(session.client(S3Client, { profile: 'gov' }))).toBe(true);
  });

  it('of a class of yours decide by the region, when it does', async () => {
    class GovS3 extends S3Client {
      constructor(config: { region: string }) {
        super({ useFipsEndpoint: String(config.region).startsWith('us-gov-'), ...config });
      }
    }
    using session = createSession({ credentials, region: 'us-east-1' });
    await settled(session);
    session.client(GovS3, { region: 'us-east-1' });
    session.client(GovS3, { region: 'us-east-2' });
    expect(await isFips(session.client(GovS3, { region: 'us-gov-west-1' }))).toBe(true);
  });
});
