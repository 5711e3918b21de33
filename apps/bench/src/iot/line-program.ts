import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A program that answers each line of its input with a line, and ends with its input. */
export interface LineProgram extends AsyncDisposable {
  ask(line: string): Promise<string>;
}

export function startLineProgram(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): LineProgram {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, ...env } });
  const ended = new Promise((resolve) => child.once('error', resolve).once('close', resolve));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  // Told by the answer that does not come.
  child.stdin.on('error', () => {});
  return {
    async ask(line) {
      child.stdin.write(`${line}\n`);
      const { done, value } = await lines.next();
      if (done) throw new Error(`${[command, ...args].join(' ')} ended without an answer`);
      return value;
    },
    async [Symbol.asyncDispose]() {
      child.stdin.end();
      await ended;
    },
  };
}
