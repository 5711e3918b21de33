import { BsmError } from '@bsm/core-cache';

/**
 * Tells how deep a command that is started now is nested. The own environment counts as well, so that a program that passes an
 * environment of its own making is stopped too.
 *
 * @throws BsmError `ERR_BSM_COMMAND_NESTED` above `maxDepth`.
 */
export function nestedDepth(base: NodeJS.ProcessEnv, maxDepth: number): number {
  const depth = 1 + Math.max(depthIn(base), depthIn(process.env));
  if (depth <= maxDepth) return depth;
  throw new BsmError(
    'ERR_BSM_COMMAND_NESTED',
    `Cannot run the command: ${depth - 1} programs that were started by run() contain each other, most likely one that starts itself. More are possible with options.maxDepth.`,
    { details: { depth, maxDepth } },
  );
}

function depthIn({ BSM_RUN_DEPTH: text = '' }: NodeJS.ProcessEnv): number {
  return /^\d{1,9}$/.test(text) ? Number(text) : 0;
}
