import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { createSession } from '@bsm/core-cache';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { clientCode, createFakeProject } from './fixtures/fake-project.js';
import { testSession } from './fixtures/test-session.js';
import { loadServiceClient, serviceClient } from './service-client.js';

// Fake packages stand for services that no package of this workspace has: started by pnpm, Node finds those everywhere.
const HERE = { resolveFrom: import.meta.url };
const { argv } = process;

afterEach(() => {
  process.argv = argv;
});

describe.each([
  { how: 'serviceClient', get: async (...args: Parameters<typeof serviceClient>) => serviceClient(...args) },
  { how: 'loadServiceClient', get: loadServiceClient },
])('$how', ({ get }) => {
  it('gives the very client of session.client', async () => {
    const session = testSession();
    const config = { forcePathStyle: true };
    expect(await get(session, 's3', undefined, HERE)).toBe(session.client(S3Client));
    expect(await get(session, 's3', config, HERE)).toBe(session.client(S3Client, config));
    expect(await get(session, 's3', { forcePathStyle: undefined }, HERE)).toBe(session.client(S3Client));
    expect(await get(session, 'sqs', undefined, HERE)).toBe(session.client(SQSClient));
    expect(session.cache.clients.size).toBe(3);
  });

  it('gives another session a client of its own', async () => {
    const [one, other] = [testSession(), testSession()];
    expect(await get(one, 's3', undefined, HERE)).not.toBe(await get(other, 's3', undefined, HERE));
  });

  it.each([
    ['a file URL', import.meta.url],
    ['a URL object', new URL(import.meta.url)],
    ['a path', import.meta.filename],
    ['a directory', import.meta.dirname],
    ['the directory of the packages', new URL('..', import.meta.url)],
  ])('takes %s to resolve from', async (_, resolveFrom) => {
    expect(await get(testSession(), 's3', undefined, { resolveFrom })).toBeInstanceOf(S3Client);
  });

  it('finds packages from the main module, and by the name in boto3', async () => {
    const project = createFakeProject();
    project.install('@aws-sdk/client-waf-regional', '3.900.0', clientCode('WAFRegionalClient'));
    process.argv = [process.execPath, project.write('src/main.js', '')];
    const session = testSession();
    const client = await get(session, 'waf-regional');
    expect(client.constructor).toHaveProperty('name', 'WAFRegionalClient');
    expect(await get(session, 'wafRegional')).toBe(client);
    expect(await get(session, 'wafregional', {}, { resolveFrom: project.directory })).toBe(client);
  });

  it('finds what the runtime of Lambda brings, after what the function has', async () => {
    const project = createFakeProject();
    project.install('@aws-sdk/client-polly', '3.900.0', clientCode('PollyClient'));
    process.argv = [process.execPath, project.write('elsewhere/index.mjs', '')];
    const task = createFakeProject();
    vi.stubEnv('LAMBDA_TASK_ROOT', task.directory);
    vi.stubEnv('LAMBDA_RUNTIME_DIR', project.directory);
    const session = testSession();
    expect((await get(session, 'polly')).constructor).toHaveProperty('name', 'PollyClient');
    task.install('@aws-sdk/client-polly', '3.901.0', `${clientCode('PollyClient')}exports.PollyClient.own = true;`);
    session.clearCache();
    expect((await get(session, 'polly')).constructor).toHaveProperty('own', true);
  });

  it('never looks into the working directory', async () => {
    const project = createFakeProject();
    project.install('@aws-sdk/client-polly', '3.900.0', clientCode('PollyClient'));
    vi.spyOn(process, 'cwd').mockReturnValue(project.directory);
    process.argv = [process.execPath, createFakeProject().write('main.js', '')];
    await expect(get(testSession(), 'polly')).rejects.toMatchObject({ code: 'ERR_BSM_PEER_MISSING' });
    await expect(get(testSession(), 'polly', {}, { resolveFrom: './main.js' })).rejects.toMatchObject({
      code: 'ERR_BSM_OPTION_INVALID',
    });
  });

  it('looks for a package once per session, and again after clearCache', async () => {
    const project = createFakeProject();
    const session = testSession();
    const lookup = { resolveFrom: project.directory };
    await expect(get(session, 'polly', {}, lookup)).rejects.toMatchObject({ code: 'ERR_BSM_PEER_MISSING' });
    project.install('@aws-sdk/client-polly', '3.900.0', clientCode('PollyClient'));
    const client = await get(session, 'polly', {}, lookup);
    session.clearCache();
    expect(await get(session, 'polly', {}, lookup)).not.toBe(client);
  });

  it('takes the module that is given, and looks for none', async () => {
    const services = { s3: () => ({ S3Client }), sqs: () => ({ default: { SQSClient } }) };
    const session = testSession();
    const lookup = { resolveFrom: createFakeProject().directory, services };
    expect(await get(session, 's3', {}, lookup)).toBe(session.client(S3Client));
    expect(await get(session, 'sqs', {}, lookup)).toBe(session.client(SQSClient));
  });

  it('takes credentials and a region for a session', async () => {
    const source = { ...testSession().clientConfig };
    const client = await get(source, 's3', undefined, HERE);
    expect(client).toBeInstanceOf(S3Client);
    expect(await get(source, 's3', undefined, HERE)).toBe(client);
  });

  it('says how to install a package that is missing', async () => {
    const project = createFakeProject();
    await expect(get(testSession(), 'waf-regional', {}, { resolveFrom: project.directory })).rejects.toMatchObject({
      code: 'ERR_BSM_PEER_MISSING',
      message: expect.stringContaining('Run: npm install @aws-sdk/client-waf-regional.'),
      details: {
        service: 'wafRegional',
        packageName: '@aws-sdk/client-waf-regional',
        command: 'npm install @aws-sdk/client-waf-regional',
        searched: [project.directory],
      },
    });
    await expect(get(testSession(), 'b2bi', {}, { resolveFrom: project.directory })).rejects.toThrow(
      /not be confirmed/,
    );
  });

  it('says what to pass where there is no main module', async () => {
    process.argv = [process.execPath];
    await expect(get(testSession(), 's3')).rejects.toThrow(/pass resolveFrom/);
  });

  it.each([
    {
      what: 'another major version',
      version: '4.0.1',
      code: clientCode('PollyClient'),
      says: 'The installed @aws-sdk/client-polly@4.0.1 is of another major version than 3. Install @aws-sdk/client-polly@^3.',
    },
    {
      what: 'no class of its name',
      version: '3.900.0',
      code: clientCode('OtherClient'),
      says: 'The installed @aws-sdk/client-polly@3.900.0 has no class PollyClient.',
    },
    {
      what: 'no client under the name of its class',
      version: '3.900.0',
      code: 'exports.PollyClient = class {};',
      says: 'The installed @aws-sdk/client-polly@3.900.0 has no class PollyClient.',
    },
    {
      what: 'a module that throws',
      version: '3.900.0',
      code: 'throw new TypeError("broken");',
      says: 'The installed @aws-sdk/client-polly@3.900.0 cannot be loaded.',
    },
    {
      what: 'a dependency that is missing',
      version: '3.900.0',
      code: "require('not-there');",
      says: 'The installed @aws-sdk/client-polly@3.900.0 cannot be loaded.',
    },
  ])('refuses a package with $what', async ({ version, code, says }) => {
    const project = createFakeProject();
    project.install('@aws-sdk/client-polly', version, code);
    await expect(get(testSession(), 'polly', {}, { resolveFrom: project.directory })).rejects.toMatchObject({
      code: 'ERR_BSM_PEER_UNSUPPORTED',
      message: says,
      details: { service: 'polly', packageName: '@aws-sdk/client-polly', version },
    });
  });

  it('does not run a package of another major version', async () => {
    const project = createFakeProject();
    project.install('@aws-sdk/client-polly', '4.0.0', 'globalThis.bsmTestRan = true;');
    await expect(get(testSession(), 'polly', {}, { resolveFrom: project.directory })).rejects.toThrow(/major version/);
    expect(globalThis).not.toHaveProperty('bsmTestRan');
  });

  it('refuses a package that nothing may resolve', async () => {
    const project = createFakeProject();
    project.install('@aws-sdk/client-polly', '3.900.0', '', { exports: { './other': './dist-cjs/index.js' } });
    await expect(get(testSession(), 'polly', {}, { resolveFrom: project.directory })).rejects.toMatchObject({
      code: 'ERR_BSM_PEER_UNSUPPORTED',
      message: 'The installed @aws-sdk/client-polly cannot be resolved.',
    });
  });

  it('takes a package without a version for what it is', async () => {
    const project = createFakeProject();
    project.install('@aws-sdk/client-polly', '3.900.0', clientCode('PollyClient'), { version: undefined });
    expect(await get(testSession(), 'polly', {}, { resolveFrom: project.directory })).toHaveProperty('config');
  });

  it.each([
    { what: 'an unknown service', args: ['s33'], code: 'ERR_BSM_SERVICE_UNKNOWN' },
    { what: 'a name of Object', args: ['constructor'], code: 'ERR_BSM_SERVICE_UNKNOWN' },
    { what: 'a name of Object', args: ['__proto__'], code: 'ERR_BSM_SERVICE_UNKNOWN' },
    { what: 'a name of Object', args: ['toString'], code: 'ERR_BSM_SERVICE_UNKNOWN' },
    { what: 'no name', args: [], option: 'name' },
    { what: 'an empty name', args: [''], option: 'name' },
    { what: 'a number for a name', args: [3], option: 'name' },
    { what: 'a class for a name', args: [S3Client], option: 'name' },
    { what: 'text for a configuration', args: ['s3', 'eu-west-1', HERE], option: 'config' },
    { what: 'null for a lookup', args: ['s3', {}, null], option: 'options' },
    { what: 'an unknown option', args: ['s3', {}, { from: '/' }], option: 'from' },
    { what: 'a relative path', args: ['s3', {}, { resolveFrom: 'src' }], option: 'resolveFrom' },
    {
      what: 'a remote URL',
      args: ['s3', {}, { resolveFrom: new URL('https://example.com/a') }],
      option: 'resolveFrom',
    },
    { what: 'a number for a path', args: ['s3', {}, { resolveFrom: 1 }], option: 'resolveFrom' },
    { what: 'a list of modules', args: ['s3', {}, { services: [] }], option: 'services' },
    { what: 'a module of no service', args: ['s3', {}, { services: { s33: () => ({}) } }], option: 'services' },
    { what: 'a module by an alias', args: ['s3', {}, { services: { logs: () => ({}) } }], option: 'services' },
    { what: 'a class for a module', args: ['s3', {}, { services: { s3: 'S3Client' } }], option: 'services.s3' },
    { what: 'an empty module', args: ['s3', {}, { services: { s3: () => ({}) } }], option: 'services.s3' },
    { what: 'nothing for a module', args: ['s3', {}, { services: { s3: () => undefined } }], option: 'services.s3' },
    {
      what: 'a module that throws',
      args: [
        's3',
        {},
        {
          services: {
            s3: () => {
              throw new Error('broken');
            },
          },
        },
      ],
      option: 'services.s3',
    },
  ])('refuses $what', async ({ args, code = 'ERR_BSM_OPTION_INVALID', option }) => {
    const failure = { code, ...(option !== undefined && { details: { option } }) };
    await expect(get(...([testSession(), ...args] as unknown as Parameters<typeof get>))).rejects.toMatchObject(
      failure,
    );
  });

  it.each([undefined, null, {}, 's3', { client: () => ({}) }])('refuses %j for a session', async (session) => {
    await expect(get(session as never, 's3', undefined, HERE)).rejects.toMatchObject({
      code: 'ERR_BSM_OPTION_INVALID',
    });
  });

  it('refuses a closed session', async () => {
    const session = createSession({ region: 'eu-west-1' });
    session.close();
    await expect(get(session, 's3', undefined, HERE)).rejects.toMatchObject({ code: 'ERR_BSM_SESSION_CLOSED' });
  });
});

describe('serviceClient', () => {
  it('refuses a module that has to be waited for, until it was', async () => {
    const session = testSession();
    const lookup = { services: { s3: () => import('@aws-sdk/client-s3') } };
    expect(() => serviceClient(session, 's3', {}, lookup)).toThrow(/loadServiceClient waits/);
    const client = await loadServiceClient(session, 's3', {}, lookup);
    expect(serviceClient(session, 's3', {}, lookup)).toBe(client);
  });

  it('leaves nothing unhandled of a module that it does not wait for', async () => {
    const lookup = { services: { s3: () => Promise.reject(new Error('late')) } };
    expect(() => serviceClient(testSession(), 's3', {}, lookup)).toThrow(/loadServiceClient waits/);
    await expect(loadServiceClient(testSession(), 's3', {}, lookup)).rejects.toMatchObject({
      details: { option: 'services.s3' },
      cause: { message: 'late' },
    });
  });
});

describe('loadServiceClient', () => {
  it('gives callers at the same time one client', async () => {
    const session = testSession();
    const clients = await Promise.all(Array.from({ length: 8 }, () => loadServiceClient(session, 'sqs', {}, HERE)));
    expect(new Set(clients).size).toBe(1);
  });

  it('refuses a session that was closed meanwhile', async () => {
    const session = createSession({ region: 'eu-west-1' });
    const loading = loadServiceClient(session, 's3', {}, HERE);
    session.close();
    await expect(loading).rejects.toMatchObject({ code: 'ERR_BSM_SESSION_CLOSED' });
  });
});
