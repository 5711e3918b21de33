import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { PythonPeer } from './cached-client.js';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** The Python of the interoperation tests, when they have installed it. */
export async function pythonPeer(): Promise<PythonPeer | undefined> {
  const program = path('../../../.interop/venv/bin/python');
  try {
    await promisify(execFile)(program, ['-c', 'import boto3_refresh_session']);
  } catch {
    return undefined;
  }
  const iot = path('../../../.interop/iot');
  return {
    program,
    script: (name) => path(`../python/${name}`),
    iot: existsSync(join(iot, 'awscrt')) ? iot : undefined,
  };
}
