import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** The stub of AWS as a process of its own. */
export interface Stub extends AsyncDisposable {
  readonly endpoint: string;
  /** AssumeRole calls so far. */
  assumed(): Promise<number>;
}

export async function startStub(program: string): Promise<Stub> {
  const child = spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [port] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const endpoint = `http://127.0.0.1:${port}`;
  return {
    endpoint,
    assumed: async () => Number(await (await fetch(`${endpoint}/count`)).text()),
    async [Symbol.asyncDispose]() {
      const ended = once(child, 'exit');
      child.stdin.end();
      await ended;
    },
  };
}
