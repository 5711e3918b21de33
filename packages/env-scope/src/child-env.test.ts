import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { BsmError, type SessionLike } from '@bsm/core-cache';
import { describe, expect, it } from 'vitest';
import { childEnv } from './child-env.js';
import { literalSession, literalVariables } from './fixtures/literal-session.js';
import { hostileEnvironment, identityVariables, useProcessEnv } from './fixtures/process-env.js';
import { withoutConflicts } from './without-conflicts.js';

const environment = useProcessEnv();
const run = promisify(execFile);

describe('the environment of a child', () => {
  it('is the base without every variable that conflicts, plus those of the session', async () => {
    const others = { PATH: '/bin', AWS_CONFIG_FILE: '/c', AWS_SHARED_CREDENTIALS_FILE: '/s', AWS_ENDPOINT_URL_S3: 'u' };
    const base = Object.freeze({ ...hostileEnvironment(), ...others });
    expect(await childEnv(literalSession('AK'), base)).toEqual({ ...others, ...literalVariables('AK') });
  });

  it('is that of this process by default, which is not changed', async () => {
    environment.set({ ...hostileEnvironment(), SOME_VARIABLE: 'kept' });
    const { PATH } = process.env;
    const env = await childEnv(literalSession('AK'));
    expect(identityVariables(env)).toEqual(literalVariables('AK'));
    expect(env).toMatchObject({ PATH, SOME_VARIABLE: 'kept' });
  });

  it('is what the child sees', async () => {
    environment.set(hostileEnvironment());
    const show = ['-p', 'JSON.stringify(process.env)'];
    const { stdout } = await run(process.execPath, show, { env: await childEnv(literalSession('AK')) });
    expect(identityVariables(JSON.parse(stdout))).toEqual(literalVariables('AK'));
  });

  it('has no region when none can be resolved, whatever the base says', async () => {
    const session = literalSession('AK', {
      region: () => Promise.reject(new BsmError('ERR_BSM_REGION_UNRESOLVED', 'There is no region.')),
    });
    const env = await childEnv(session, { AWS_REGION: 'ap-south-1', AWS_DEFAULT_REGION: 'ap-south-1' });
    expect(Object.keys(env).sort()).toEqual(['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']);
  });

  it('has the endpoint of the session, else that of the base', async () => {
    const base = { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' };
    const own = literalSession('AK', { clientDefaults: { endpoint: 'http://127.0.0.1:2' } });
    expect((await childEnv(own, base))['AWS_ENDPOINT_URL']).toBe('http://127.0.0.1:2');
    expect((await childEnv(literalSession('AK'), base))['AWS_ENDPOINT_URL']).toBe('http://127.0.0.1:1');
  });

  it('names the profile instead of keys when that is asked for', async () => {
    const env = await childEnv(literalSession('AK'), hostileEnvironment(), { profile: 'dev' });
    expect(env).toEqual({ AWS_PROFILE: 'dev', AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'eu-west-1' });
  });

  it('is taken from the base at the time of the call', async () => {
    const base: NodeJS.ProcessEnv = { NAME: 'before' };
    const env = childEnv(literalSession('AK'), base);
    base['NAME'] = 'after';
    expect(await env).toMatchObject({ NAME: 'before' });
  });
});

describe('an odd base', () => {
  it('may have no prototype', async () => {
    const base = Object.assign(Object.create(null), { AWS_PROFILE: 'p', NAME: 'value' });
    expect(await childEnv(literalSession('AK'), base)).toEqual({ NAME: 'value', ...literalVariables('AK') });
  });

  it('may have variables that are undefined, which are left out', async () => {
    const env = await childEnv(literalSession('AK'), { NAME: undefined, AWS_PROFILE: undefined });
    expect(Object.keys(env).sort()).toEqual(Object.keys(literalVariables('AK')).sort());
  });

  it('may have a variable called __proto__, which is one like others', async () => {
    const env = await childEnv(literalSession('AK'), JSON.parse('{ "__proto__": "text", "AWS_PROFILE": "p" }'));
    expect(Object.getPrototypeOf(env)).toBe(Object.prototype);
    expect(Object.getOwnPropertyDescriptor(env, '__proto__')?.value).toBe('text');
    expect(env).not.toHaveProperty('AWS_PROFILE');
  });

  it.each([
    ['win32', { NAME: 'value' }],
    ['linux', { Aws_Profile: 'p', aws_region: 'r', NAME: 'value' }],
  ] as const)('may spell variables in another case, which counts as on %s', (platform, expected) => {
    const base = { Aws_Profile: 'p', aws_region: 'r', AWS_ROLE_ARN: 'a', NAME: 'value' };
    expect(withoutConflicts('test', base, platform)).toEqual(expected);
  });
});

it.each([
  ['no session', undefined, {}, undefined, 'source'],
  ['no object as base', literalSession('AK'), 'PATH=/bin', undefined, 'base'],
  ['null as base', literalSession('AK'), null, undefined, 'base'],
  ['a value that is no string', literalSession('AK'), { NAME: 1 }, undefined, 'base'],
  ['an unknown option', literalSession('AK'), {}, { profiles: 'dev' }, 'profiles'],
  ['an empty profile', literalSession('AK'), {}, { profile: '' }, 'profile'],
])('%s is ERR_BSM_OPTION_INVALID', async (_what, session, base, options, option) => {
  await expect(childEnv(session as SessionLike, base as NodeJS.ProcessEnv, options as object)).rejects.toMatchObject({
    code: 'ERR_BSM_OPTION_INVALID',
    details: { option },
  });
});
