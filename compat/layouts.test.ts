import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterEach, describe, expect, it } from 'vitest';
import { compile, errorsIn } from './compilers.ts';
import { runNode } from './run-node.ts';
import { createUserProject, type UserProject, type UserProjectOptions } from './user-project.ts';

const SQS = '@aws-sdk/client-sqs';
const projects: UserProject[] = [];

function projectWith(options: UserProjectOptions): UserProject {
  const project = createUserProject(options);
  projects.push(project);
  return project;
}

afterEach(() => {
  for (const project of projects.splice(0)) project.remove();
});

/** What each program prints when all is well: a missing package is one even where the working directory has it. */
const RIGHT = { required: true, loaded: true, missing: 'ERR_BSM_PEER_MISSING' };

const BODY = `
  const session = createSession({ region: 'eu-west-1' });
  const caught = (act) => { try { return act(); } catch (error) { return error.code; } };
  const main = async () => {
    const required = serviceClient(session, 'sqs') === session.client(SQSClient);
    const loaded = await loadServiceClient(session, 'sqs') === session.client(SQSClient);
    const missing = caught(() => serviceClient(session, 'polly'));
    session.close();
    return { required, loaded, missing };
  };
`;
const PRINT = 'main().then((report) => console.log(JSON.stringify(report)));';
const ESM = `
  import { SQSClient } from '${SQS}';
  import { createSession } from '@bsm/core-cache';
  import { loadServiceClient, serviceClient } from '@bsm/services';
`;
const CJS = ESM.replace(/import (.*) from (.*);/g, 'const $1 = require($2);');

/** A directory that has the package the project does not: programs are run from it. */
function decoy(): string {
  const project = projectWith({ packages: [] });
  const home = `node_modules/@aws-sdk/client-polly`;
  project.write(
    `${home}/package.json`,
    JSON.stringify({ name: '@aws-sdk/client-polly', version: '3.900.0', main: 'index.js' }),
  );
  project.write(`${home}/index.js`, 'exports.PollyClient = class { async send() {} };');
  return project.directory;
}

async function reportOf(args: readonly string[], env: Record<string, string> = {}): Promise<unknown> {
  const { status, stdout, stderr } = await runNode(args, { cwd: decoy(), env });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return JSON.parse(stdout) as unknown;
}

describe.each(['npm', 'pnpm'] as const)('in a project as %s lays it out', (layout) => {
  const installed = (): UserProject =>
    projectWith({ packages: ['@bsm/services', '@bsm/core-cache'], clients: [SQS], layout });

  it.each([
    { format: 'an ES module', file: 'src/main.mjs', code: ESM + BODY + PRINT },
    { format: 'CommonJS', file: 'src/main.cjs', code: CJS + BODY + PRINT },
  ])('$format finds the packages of the project', async ({ file, code }) => {
    expect(await reportOf([installed().write(file, code)])).toEqual(RIGHT);
  });

  it('a program that is linked to finds its own packages', async () => {
    const project = installed();
    const main = project.write('src/main.mjs', ESM + BODY + PRINT);
    const bin = projectWith({ packages: [] }).path('bin');
    mkdirSync(bin);
    symlinkSync(main, join(bin, 'tool'));
    expect(await reportOf([join(bin, 'tool')])).toEqual(RIGHT);
  });

  it('a worker finds the packages of the project', async () => {
    const project = installed();
    project.write(
      'src/worker.mjs',
      `${ESM}import { parentPort } from 'node:worker_threads';${BODY}parentPort.postMessage(await main());`,
    );
    const main = project.write(
      'src/main.mjs',
      `import { Worker } from 'node:worker_threads';
       new Worker(new URL('./worker.mjs', import.meta.url)).on('message', (report) => console.log(JSON.stringify(report)));`,
    );
    expect(await reportOf([main])).toEqual(RIGHT);
  });

  it('the compiler sees the clients of the project', async () => {
    const project = installed();
    project.write(
      'types.mts',
      `import type { SQSClient } from '${SQS}';
       import type { ServiceClientOf } from '@bsm/services';
       declare const client: ServiceClientOf<'sqs'>;
       export const its: SQSClient = client;
       export const missing = (other: ServiceClientOf<'ec2'>): string => other.clientIsNotInstalled;`,
    );
    const files = ['types.mts'];
    const output = await compile(project, { compiler: '7', resolution: 'nodenext', skipLibCheck: false, files });
    expect(errorsIn(output)).toEqual([]);
  });
});

describe('where there is no main module', () => {
  it('code on the command line is told to say from where', async () => {
    const project = projectWith({ packages: ['@bsm/services', '@bsm/core-cache'], clients: [SQS] });
    const code = `${CJS}${BODY}
      const failed = caught(() => serviceClient(session, 'sqs'));
      const found = serviceClient(session, 'sqs', {}, { resolveFrom: ${JSON.stringify(project.directory)} }) === session.client(SQSClient);
      console.log(JSON.stringify({ failed, found }));`;
    const { stdout } = await runNode(['-e', code, project.directory], { cwd: project.directory });
    expect(JSON.parse(stdout)).toEqual({ failed: 'ERR_BSM_PEER_MISSING', found: true });
  });
});

describe('in Lambda', () => {
  it.each(['esm', 'cjs'] as const)(
    'a bundle (%s) uses the SDK of the runtime, as nothing else has it',
    async (format) => {
      const source = projectWith({ packages: ['@bsm/services', '@bsm/core-cache'], clients: [SQS] });
      const runtime = projectWith({ packages: [], clients: [SQS] });
      const task = projectWith({ packages: [] });
      const handler = task.path(`handler.${format === 'esm' ? 'mjs' : 'cjs'}`);
      const code = `
      import { createSession } from '@bsm/core-cache';
      import { loadServiceClient, serviceClient } from '@bsm/services';
      const SQSClient = globalThis.theirSqsClient;
      ${BODY}
      export const handle = main;`;
      await build({
        stdin: { contents: code, resolveDir: source.directory, loader: 'js' },
        outfile: handler,
        bundle: true,
        minify: true,
        platform: 'node',
        target: 'node20',
        format,
        external: ['@aws-sdk/*'],
        logLevel: 'silent',
      });
      const bootstrap = runtime.write(
        'index.mjs',
        `import { SQSClient } from '${SQS}';
       globalThis.theirSqsClient = SQSClient;
       const { handle } = await import(${JSON.stringify(handler)});
       console.log(JSON.stringify(await handle()));`,
      );
      const env = {
        LAMBDA_TASK_ROOT: task.directory,
        LAMBDA_RUNTIME_DIR: runtime.directory,
        AWS_LAMBDA_FUNCTION_NAME: 'f',
      };
      expect(await reportOf([bootstrap], env)).toEqual(RIGHT);
    },
  );
});
