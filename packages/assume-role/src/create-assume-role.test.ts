import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { createAssumeRoleChain } from './assume-role-chain.js';
import { createAssumeRoleWithSaml } from './assume-role-with-saml.js';
import { createAssumeRoleWithWebIdentity } from './assume-role-with-web-identity.js';
import { createAssumeRole } from './create-assume-role.js';
import { EXAMPLE_KEYS, startStubSts } from './fixtures/stub-sts.js';
import { createGetSessionToken } from './get-session-token.js';

const roleArn = 'arn:aws:iam::123456789012:role/deploy';

describe('createAssumeRole', () => {
  it('asks the transport with the resolved credentials and the region of the source', async () => {
    using sts = startStubSts();
    const stsClientConfig = { maxAttempts: 2 };
    await createAssumeRole(sts)(sts.session, { roleArn, stsClientConfig, region: 'eu-west-1' }).credentials();
    const { call } = sts.calls[0]!;
    expect(call).toMatchObject({ region: 'us-east-1', credentials: EXAMPLE_KEYS, clientConfig: stsClientConfig });
    expect(call.session).toBe(sts.session);
    expect(call.signal).toBeInstanceOf(AbortSignal);
  });

  it('asks once more when the key of the source is rejected and can be renewed', async () => {
    using sts = startStubSts();
    const keys = ['AKIAIOSFODNN7EXAMPLE', 'AKIAI44QH8DHBEXAMPLE'];
    const source = sts.session.derive({ credentials: async () => ({ ...EXAMPLE_KEYS, accessKeyId: keys.shift()! }) });
    const { answer } = sts;
    sts.answer = (parameters, call) => {
      if (call.credentials?.accessKeyId === 'AKIAIOSFODNN7EXAMPLE') {
        throw Object.assign(new Error('expired'), { name: 'ExpiredToken' });
      }
      return answer(parameters, call);
    };
    await createAssumeRole(sts)(source, { roleArn }).credentials();
    expect(sts.calls).toHaveLength(2);
  });

  it('does not ask again when the key of the source cannot be renewed', async () => {
    using sts = startStubSts();
    sts.answer = () => {
      throw Object.assign(new Error('expired'), { name: 'ExpiredToken', $metadata: { httpStatusCode: 403 } });
    };
    const session = createAssumeRole(sts)(sts.session, { roleArn });
    await expect(session.credentials()).rejects.toMatchObject({ code: 'ERR_BSM_CREDENTIALS_REJECTED' });
    expect(sts.calls).toHaveLength(1);
  });

  it.each([
    ['no answer', undefined],
    ['an answer without credentials', {}],
    ['credentials that are empty', { Credentials: {} }],
    [
      'an empty token',
      { Credentials: { AccessKeyId: 'A', SecretAccessKey: 'b', SessionToken: '', Expiration: new Date() } },
    ],
  ])('refuses %s', async (_, answer) => {
    using sts = startStubSts();
    sts.answer = () => answer as object;
    const error = await createAssumeRole(sts)(sts.session, { roleArn })
      .credentials()
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'ERR_BSM_RESPONSE_INVALID', retryable: true });
    expect(String(error)).toMatch(/STS answered without complete credentials/);
  });

  it.each(['2030', new Date('never'), 4_102_444_800])('refuses %o as an expiration', async (Expiration) => {
    using sts = startStubSts();
    const Credentials = { AccessKeyId: 'A', SecretAccessKey: 'b', SessionToken: 'c', Expiration: Expiration as Date };
    sts.answer = () => ({ Credentials });
    const refused = { code: 'ERR_BSM_CREDENTIALS_INVALID', retryable: true };
    await expect(createAssumeRole(sts)(sts.session, { roleArn }).credentials()).rejects.toMatchObject(refused);
  });

  it('takes the account of the role when the answer does not say who it is for', async () => {
    using sts = startStubSts();
    const { answer } = sts;
    sts.answer = async (parameters, call) => ({ ...(await answer(parameters, call)), AssumedRoleUser: undefined });
    const session = createAssumeRole(sts)(sts.session, { roleArn });
    expect((await session.credentials()).accountId).toBe('123456789012');
    expect(session.principal).toBeUndefined();
  });
});

describe('bundles', () => {
  async function bundle(code: string): Promise<{ text: string; own: number; imports: readonly string[] }> {
    const folder = fileURLToPath(new URL('.', import.meta.url));
    const source = (name: string): string => fileURLToPath(new URL(`../../${name}/src/index.ts`, import.meta.url));
    const result = await build({
      stdin: { contents: code, resolveDir: folder, loader: 'ts' },
      alias: { '@bsm/core-cache': source('core-cache'), '@bsm/masking': source('masking') },
      external: ['@aws-sdk/*', '@smithy/*'],
      bundle: true,
      write: false,
      minify: true,
      format: 'esm',
      platform: 'node',
      metafile: true,
      logLevel: 'silent',
    });
    const [output] = Object.values(result.metafile.outputs);
    const own = Object.entries(output!.inputs).filter(([path]) => path.includes('assume-role/src/'));
    return {
      text: result.outputFiles[0]!.text,
      own: own.reduce((bytes, [, { bytesInOutput }]) => bytes + bytesInOutput, 0),
      imports: output!.imports.map(({ path }) => path),
    };
  }

  it('contain no SDK client when they bring their own transport', async () => {
    const { imports, text } = await bundle("export { createAssumeRole } from './index.js'");
    expect(imports.filter((path) => path.startsWith('@aws-sdk/'))).toEqual([]);
    expect(text).not.toContain('STSClient');
  });

  it('contain little of this package for assumeRole, and nothing that it does not need', async () => {
    const { imports, text, own } = await bundle("export { assumeRole } from './index.js'");
    expect(imports.filter((path) => path.startsWith('@aws-sdk/'))).toEqual(['@aws-sdk/client-sts']);
    expect(own).toBeLessThan(8 * 1_024);
    expect(text).not.toMatch(/child_process|WebIdentityToken:|SAMLAssertion:/);
  });

  it('contain little more than a function for an ARN', async () => {
    const { own } = await bundle("export { roleArn } from './index.js'");
    expect(own).toBeLessThan(1_024);
  });
});

it.each([
  ['createAssumeRole', createAssumeRole],
  ['createAssumeRoleChain', createAssumeRoleChain],
  ['createAssumeRoleWithSaml', createAssumeRoleWithSaml],
  ['createAssumeRoleWithWebIdentity', createAssumeRoleWithWebIdentity],
  ['createGetSessionToken', createGetSessionToken],
])('%s refuses what is no transport, when it is made', (name, create) => {
  for (const wrong of [undefined, null, 'x', {}]) {
    expect(() => create(wrong as never)).toThrow(`${name}: option "sts" must be a function`);
  }
});
