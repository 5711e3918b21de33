import { execFile } from 'node:child_process';

/** What a program of Node did. */
export interface NodeRun {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface NodeRunOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** The SDK's own warning about its future range of Node is no fact about these packages. */
const QUIET = { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' };

/** Runs a program with the Node that runs the tests, and with none of the paths that a package manager puts into the environment. */
export function runNode(args: readonly string[], { cwd, env = {} }: NodeRunOptions): Promise<NodeRun> {
  const { NODE_PATH: _, NODE_OPTIONS: __, ...inherited } = process.env;
  const options = {
    cwd,
    env: { ...inherited, ...QUIET, ...env },
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  } as const;
  return new Promise((resolve) => {
    execFile(process.execPath, [...args], options, (error, stdout, stderr) => {
      const status = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
      resolve({ status, stdout, stderr });
    });
  });
}
