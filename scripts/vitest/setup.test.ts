import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const IMPORTS = "import { afterAll, expect, it } from 'vitest';";

interface Run {
  readonly exitCode: number;
  readonly output: string;
  readonly closingLine: string;
}

/** Runs vitest with the project's own setup and reporter on planted test files, given as lines of code by file name. */
async function runPlanted(files: Readonly<Record<string, readonly string[]>>): Promise<Run> {
  const cache = join(root, 'node_modules/.cache');
  await mkdir(cache, { recursive: true });
  const directory = await mkdtemp(join(cache, 'planted-'));
  try {
    for (const [name, lines] of Object.entries(files)) {
      await writeFile(join(directory, `${name}.test.ts`), [IMPORTS, ...lines, ''].join('\n'));
    }
    await writeFile(join(directory, 'vitest.config.ts'), plantedConfig());
    return await runVitest(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

function plantedConfig(): string {
  return [
    `import { PlainReporter } from ${JSON.stringify(join(root, 'scripts/vitest/plain-reporter.ts'))};`,
    `const setupFiles = [${JSON.stringify(join(root, 'scripts/vitest/setup.ts'))}];`,
    "export default { test: { pool: 'forks', setupFiles, reporters: ['default', new PlainReporter()] } };",
  ].join('\n');
}

function runVitest(directory: string): Promise<Run> {
  const vitest = join(dirname(fileURLToPath(import.meta.resolve('vitest'))), '../vitest.mjs');
  const args = [vitest, 'run', '--root', directory, '--config', join(directory, 'vitest.config.ts')];
  const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], NO_COLOR: '1', AWS_PROFILE: 'of-the-developer' };
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: directory, env }, (error, stdout, stderr) => {
      const exitCode = error === null ? 0 : Number(error.code);
      resolve({ exitCode, output: stdout + stderr, closingLine: stdout.trimEnd().split('\n').at(-1) ?? '' });
    });
  });
}

const REFUSED = [
  {
    name: 'console output',
    file: 'console',
    lines: ["it('x', () => console.log('printed'));"],
    says: 'console.log: printed',
  },
  {
    name: 'writing to stdout',
    file: 'stdout',
    lines: ["it('x', () => void process.stdout.write('raw'));"],
    says: 'process.stdout: raw',
  },
  {
    name: 'a warning of Node',
    file: 'warning',
    lines: ["it('x', async () => { process.emitWarning('careful'); await new Promise((r) => setTimeout(r, 5)); });"],
    says: 'Warning: careful',
  },
  {
    name: 'a swallowed connection to another host',
    file: 'host',
    lines: ["it('x', async () => { await fetch('http://example.com/').catch(() => {}); });"],
    says: 'connection to example.com',
  },
  {
    name: 'a swallowed connection to the instance metadata service',
    file: 'metadata',
    lines: ["it('x', async () => { await fetch('http://169.254.169.254/').catch(() => {}); });"],
    says: 'connection to 169.254.169.254',
  },
  {
    name: 'a DNS lookup of another host',
    file: 'dns',
    lines: [
      "import { lookup } from 'node:dns/promises';",
      "it('x', async () => { await lookup('example.com').catch(() => {}); });",
    ],
    says: 'connection to example.com',
  },
  {
    name: 'a server left open',
    file: 'server',
    lines: [
      "import { createServer } from 'node:net';",
      "it('x', () => new Promise((r) => createServer().listen(0, '127.0.0.1', () => r(undefined))));",
    ],
    says: '1 x TCPServerWrap',
  },
  {
    name: 'an interval left running',
    file: 'interval',
    lines: ["it('x', () => void setInterval(() => {}, 60_000));"],
    says: '1 x Timeout',
  },
  {
    name: 'a child process left running',
    file: 'child',
    lines: [
      "import { spawn } from 'node:child_process';",
      "it('x', () => void spawn(process.execPath, ['-e', 'setTimeout(() => {}, 10_000)'], { stdio: 'ignore' }));",
    ],
    says: '1 x ProcessWrap',
  },
];

describe('the test setup', () => {
  let refused: Run;

  beforeAll(async () => {
    refused = await runPlanted(Object.fromEntries(REFUSED.map(({ file, lines }) => [file, lines])));
  }, 60_000);

  it.each(REFUSED)('fails on $name', ({ file, says }) => {
    const failure = new RegExp(`FAIL  ${file}\\.test\\.ts[^⎯]*?${says.replaceAll('.', '\\.')}`);
    expect(refused.output).toMatch(failure);
  });

  it('fails on an unhandled rejection', async () => {
    const lines = [
      "it('x', async () => { void Promise.reject(new Error('lost')); await new Promise((r) => setTimeout(r, 5)); });",
    ];
    const { output, exitCode, closingLine } = await runPlanted({ rejection: lines });
    expect(output).toContain('Error: lost');
    expect(closingLine).toBe('1 passed, 1 failed');
    expect(exitCode).toBe(1);
  });

  it('counts every failure in the closing line', () => {
    expect(refused.closingLine).toBe(`3 passed, ${REFUSED.length} failed`);
    expect(refused.exitCode).toBe(1);
  });

  it('passes tests that clean up, and hides the AWS settings of who runs them', async () => {
    const { exitCode, output, closingLine } = await runPlanted({
      clean: [
        "import { createServer } from 'node:http';",
        "const server = createServer((_, response) => response.end('ok'));",
        'afterAll(() => { server.closeAllConnections(); server.close(); });',
        "it('talks to loopback', async () => {",
        "  await new Promise((r) => server.listen(0, '127.0.0.1', () => r(undefined)));",
        '  const { port } = server.address();',
        `  expect(await (await fetch('http://localhost:' + port)).text()).toBe('ok');`,
        '  setInterval(() => {}, 60_000).unref();',
        '});',
        "it('sees no profile', () => { expect(process.env.AWS_PROFILE).toBeUndefined(); });",
      ],
    });
    expect(output).toContain('2 passed');
    expect(closingLine).toBe('2 passed, 0 failed');
    expect(exitCode).toBe(0);
  });
});
