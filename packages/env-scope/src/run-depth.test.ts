import { describe, expect, it } from 'vitest';
import { bundledProgram } from './fixtures/bundled-program.js';
import { EXAMPLE_SECRET, literalSession } from './fixtures/literal-session.js';
import { startProgram } from './fixtures/started-program.js';
import { type RunOptions, run } from './run.js';

/** A program that runs itself, and hides that from the environment when told so. */
const RUNS_ITSELF = `
  import { createSession } from '@bsm/core-cache';
  import { run } from './run.js';
  console.log('level ' + (process.env.BSM_RUN_DEPTH ?? 0));
  const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: '${EXAMPLE_SECRET}' };
  const session = createSession({ credentials, region: 'eu-west-1' });
  const options = process.argv[2] === 'hide' ? { env: { PATH: process.env.PATH } } : {};
  const result = await run(session, process.execPath, process.argv.slice(1), options).catch(({ code }) => ({ code }));
  if (result.code) console.log(result.code);
`;

/** What the nested command sees of the nesting. */
async function depthInside(options: RunOptions): Promise<string> {
  using session = literalSession('AKIAIOSFODNN7EXAMPLE');
  const code = 'process.stdout.write(process.env.BSM_RUN_DEPTH)';
  const { stdout } = await run(session, process.execPath, ['-e', code], { ...options, stdio: 'pipe' });
  return stdout;
}

describe('programs that run each other', () => {
  it.each([['show'], ['hide']])('end with an error when they are one: %s', async (how) => {
    await using program = await bundledProgram(RUNS_ITSELF);
    const { lines } = await startProgram(process.execPath, [program.file, how]).end;
    expect(lines).toEqual(['level 0', 'level 1', 'level 2', 'level 3', 'level 4', 'ERR_BSM_COMMAND_NESTED']);
  });

  it.each([
    [{}, '1'],
    [{ env: { ...process.env, BSM_RUN_DEPTH: '3' } }, '4'],
    [{ env: { ...process.env, BSM_RUN_DEPTH: '7' }, maxDepth: 8 }, '8'],
    [{ env: { ...process.env, BSM_RUN_DEPTH: 'junk' } }, '1'],
    [{ env: { ...process.env, BSM_RUN_DEPTH: '-9' } }, '1'],
  ])('count how deep they are: %#', async (options, depth) => {
    expect(await depthInside(options)).toBe(depth);
  });

  it('are refused before anybody is asked for credentials', async () => {
    const credentials = () => Promise.reject(new Error('asked'));
    const options = { env: { BSM_RUN_DEPTH: '2' }, maxDepth: 2 };
    await expect(run({ credentials, region: 'eu-west-1' }, 'aws', [], options)).rejects.toMatchObject({
      code: 'ERR_BSM_COMMAND_NESTED',
      retryable: false,
      details: { depth: 3, maxDepth: 2 },
    });
  });
});
