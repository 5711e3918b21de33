import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { childEnv, credentialEnv, formatEnv, type RunOptions, run, serveCredentials } from '@bsm/env-scope';
import { withSnapshotFile } from '@bsm/snapshot';
import { assumeRole, createSession, type Session } from 'bsm';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { environmentOf, PARENTS, type Parent } from './parents.ts';
import { CJS, CREDENTIAL_PROCESS, ESM, HERE, type Opinion, PYTHON } from './programs.ts';

const KEYS = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' };
const ROLE = { roleArn: 'arn:aws:iam::111122223333:role/deploy', roleSessionName: 'interop' };
const RIGHT: Opinion = { arn: 'arn:aws:sts::111122223333:assumed-role/deploy/interop', region: 'eu-central-1' };
/** Each case starts half a dozen programs; on a busy machine that takes a while. */
const PATIENCE_MS = 120_000;
const ALL = ['boto3', 'boto_session_manager', 'the AWS CLI', 'the SDK (CommonJS)', 'the SDK (ESM)'];

let directory: string;
const roots: Session[] = [];
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'bsm-interop-'));
});
afterEach(() => {
  for (const session of roots.splice(0)) session.close();
});
afterAll(() => rm(directory, { recursive: true }));

const sessionOptions = () => ({
  credentials: KEYS,
  region: RIGHT.region,
  clientDefaults: { endpoint: inject('endpoint') },
});

/** The role that every child must turn out to be. */
function deploySession(): Session {
  const root = createSession(sessionOptions());
  roots.push(root);
  return assumeRole(root, ROLE);
}

/** Starts a program in some environment and returns what it printed. */
type Launch = (command: string, args: readonly string[]) => Promise<string>;

/** Hands a session to all programs and returns who each one is. */
async function opinions(launch: Launch): Promise<Record<string, Opinion>> {
  const [python, esm, cjs] = await Promise.all([
    launch(inject('programs').python, ['-c', PYTHON]),
    launch(process.execPath, ['--input-type=module', '-e', ESM]),
    launch(process.execPath, ['-e', CJS]),
  ]);
  return {
    ...(JSON.parse(python) as Record<string, Opinion>),
    'the SDK (ESM)': JSON.parse(esm) as Opinion,
    'the SDK (CommonJS)': JSON.parse(cjs) as Opinion,
  };
}

function inEnvironment(env: NodeJS.ProcessEnv): Launch {
  return async (command, args) => (await promisify(execFile)(command, args, { env, cwd: HERE })).stdout;
}

function byRun(session: Session, options: RunOptions): Launch {
  return async (command, args) => {
    const { stdout, stderr, exitCode } = await run(session, command, args, { ...options, cwd: HERE, stdio: 'pipe' });
    if (exitCode !== 0) throw new Error(stderr);
    return stdout;
  };
}

/** The ways from a session to the programs, each in the environment of some parent. */
const WAYS: Readonly<Record<string, (session: Session, base: NodeJS.ProcessEnv) => Promise<Record<string, Opinion>>>> =
  {
    environment: (session, base) => opinions(byRun(session, { mode: 'env', env: base })),
    endpoint: (session, base) => opinions(byRun(session, { mode: 'endpoint', env: base })),
    async 'nothing but the variables of the endpoint'(session, { PATH, HOME }) {
      await using server = await serveCredentials(session);
      return await opinions(inEnvironment({ PATH, HOME, ...server.env }));
    },
    async credential_process(session, base) {
      const [program, config] = [join(directory, 'credentials.mjs'), join(directory, 'config')];
      await writeFile(program, CREDENTIAL_PROCESS);
      await writeFile(config, `[profile handed]\ncredential_process = "${process.execPath}" ${program}\n`);
      const HANDED = JSON.stringify({ session: sessionOptions(), role: ROLE });
      const env = { ...base, HANDED, AWS_CONFIG_FILE: config };
      return await opinions(inEnvironment(await childEnv(session, env, { profile: 'handed' })));
    },
    snapshot: (session, base) =>
      withSnapshotFile(session, (_path, { env }) =>
        opinions(inEnvironment({ ...base, ...env, AWS_ENDPOINT_URL: inject('endpoint') })),
      ),
  };

const [clean, stale] = PARENTS as [Parent, Parent];
const FROM: Readonly<Record<keyof typeof WAYS, readonly Parent[]>> = {
  environment: [clean, stale],
  endpoint: PARENTS,
  'nothing but the variables of the endpoint': [stale],
  credential_process: [clean, stale],
  snapshot: [clean, stale],
};
const cases = Object.entries(FROM).flatMap(([way, parents]) =>
  parents.map((parent) => ({ way, parent, from: parent.name })),
);

describe('a child is the role, in its region,', () => {
  it.each(cases)('by $way, from $from', { timeout: PATIENCE_MS }, async ({ way, parent }) => {
    const base = await environmentOf(parent, await mkdtemp(join(directory, 'home-')));
    const told = await WAYS[way]!(deploySession(), base);
    // boto_session_manager's own scope for the CLI cannot stand a stale environment.
    const expected = way === 'snapshot' && parent === stale ? ALL.filter((name) => name !== 'the AWS CLI') : ALL;
    expect(told).toEqual(Object.fromEntries(expected.map((name) => [name, RIGHT])));
  });

  it('and would not be without that: the stale parent itself is somebody else', { timeout: PATIENCE_MS }, async () => {
    const base = await environmentOf(
      { ...stale, variables: { AWS_ENDPOINT_URL: inject('endpoint') } },
      await mkdtemp(join(directory, 'home-')),
    );
    for (const opinion of Object.values(await opinions(inEnvironment(base)))) {
      expect(opinion.arn).not.toBe(RIGHT.arn);
    }
  });
});

describe('variables that formatEnv writes', () => {
  const DOTENV = 'import dotenv, json, sys; print(json.dumps(dotenv.dotenv_values(sys.argv[1])))';

  it('are read by python-dotenv as they were', async () => {
    const env = await credentialEnv(deploySession());
    const file = join(directory, '.env');
    await writeFile(file, `${formatEnv(env, 'dotenv')}\n`);
    const { stdout } = await promisify(execFile)(inject('programs').python, ['-c', DOTENV, file]);
    expect(JSON.parse(stdout)).toEqual(env);
  });

  it('make a shell and what it starts the role', async () => {
    const base = await environmentOf(clean, directory);
    const commands = formatEnv(await credentialEnv(deploySession()), 'sh');
    const args = ['-c', 'eval "$COMMANDS"; aws sts get-caller-identity --query Arn --output text'];
    const { stdout } = await promisify(execFile)('sh', args, { env: { ...base, COMMANDS: commands } });
    expect(stdout.trim()).toBe(RIGHT.arn);
  });
});
