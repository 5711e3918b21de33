import { fileURLToPath } from 'node:url';
import type { PythonPeer } from '../cached-client.js';
import type { Measured } from '../measured.js';
import { runWorker } from './run-worker.js';
import type { Spent } from './spent.js';
import { startStub } from './start-stub.js';

/** What many accounts took each contender, in four regions with two clients each, all used once. */
export interface AccountsMeasured {
  readonly memoryMiB: Measured[];
  readonly cpuMs: Measured[];
  readonly assumeRoleCalls: Measured[];
}

const program = (name: string): string => fileURLToPath(new URL(`./accounts/${name}.js`, import.meta.url));
const MIB = 1_048_576;

/** Compares contenders on one stub of AWS, one after another, each in a process of its own. */
export async function measureAccounts(accounts: number, python: PythonPeer | undefined): Promise<AccountsMeasured> {
  await using stub = await startStub(program('stub'));
  const count = String(accounts);
  const node = (contender: string): readonly [string, readonly string[]] => [
    process.execPath,
    [program('worker'), contender, stub.endpoint, count],
  ];
  const contenders: (readonly [name: string, command: string, args: readonly string[]])[] = [
    ['sessions', ...node('bsm')],
    ['the SDK alone', ...node('sdk')],
  ];
  if (python) {
    contenders.push(['boto3-refresh-session', python.program, [python.script('accounts.py'), stub.endpoint, count]]);
  }
  const measured: AccountsMeasured = { memoryMiB: [], cpuMs: [], assumeRoleCalls: [] };
  for (const [name, command, args] of contenders) {
    const before = await stub.assumed();
    const [spent] = await runWorker(command, args);
    if (!spent) throw new Error(`${name} printed nothing`);
    measured.memoryMiB.push({ name, value: spent.rssBytes / MIB });
    measured.cpuMs.push({ name, value: spent.cpuMs });
    measured.assumeRoleCalls.push({ name, value: (await stub.assumed()) - before });
  }
  return measured;
}

/** Bytes on the heap after a collection: of a session, and of an account with its eight clients, as accounts grow. */
export async function measureGrowth(accounts: readonly number[]): Promise<Measured[]> {
  await using stub = await startStub(program('stub'));
  const heap = (contender: string): Promise<readonly Spent[]> =>
    runWorker(process.execPath, ['--expose-gc', program('worker'), contender, stub.endpoint, accounts.join()]);
  const each = (what: string, marks: readonly Spent[]): Measured[] =>
    marks.slice(1).map(({ accounts: count, heapBytes }, index) => {
      // From mark to mark, so that what is there once does not count.
      const { accounts: earlier, heapBytes: less } = marks[index] as Spent;
      return { name: `${what}, ${earlier} to ${count}`, value: (heapBytes - less) / (count - earlier) };
    });
  return [...each('a session', await heap('sessions')), ...each('an account', await heap('bsm'))];
}
