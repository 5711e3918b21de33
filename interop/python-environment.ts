import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const REQUIREMENTS = fileURLToPath(new URL('./requirements.txt', import.meta.url));
const HOME = fileURLToPath(new URL('../.interop', import.meta.url));
const IOT_REQUIREMENTS = fileURLToPath(new URL('./requirements-iot.txt', import.meta.url));
const IOT = join(HOME, 'iot');
const VENV = join(HOME, 'venv');

/**
 * Installs what boto3-refresh-session needs besides for AWS IoT, once, and returns the directory for PYTHONPATH. It has a place of its own,
 * since botocore signs with awscrt wherever that is found.
 */
export async function pythonIotLibraries(): Promise<string> {
  const program = await pythonEnvironment();
  const stamp = join(IOT, 'installed');
  const wanted = await fingerprint(IOT_REQUIREMENTS);
  if ((await readFile(stamp, 'utf8').catch(() => '')) === wanted) return IOT;
  await rm(IOT, { recursive: true, force: true });
  await install(program('python'), ['--target', IOT, '--requirement', IOT_REQUIREMENTS]);
  await writeFile(stamp, wanted);
  return IOT;
}

/** Makes a virtual environment inside the project with exactly what requirements.txt pins, once, and returns its programs. */
export async function pythonEnvironment(): Promise<(program: string) => string> {
  const program = (name: string): string => join(VENV, process.platform === 'win32' ? 'Scripts' : 'bin', name);
  const stamp = join(HOME, 'installed');
  const wanted = await fingerprint(REQUIREMENTS);
  if ((await readFile(stamp, 'utf8').catch(() => '')) === wanted) return program;
  await rm(HOME, { recursive: true, force: true });
  await mkdir(HOME, { recursive: true });
  await makeVirtualEnvironment();
  await install(program('python'), ['--requirement', REQUIREMENTS]);
  await writeFile(stamp, wanted);
  return program;
}

async function install(python: string, what: readonly string[]): Promise<void> {
  // Everything is pinned, so there is nothing to resolve.
  const flags = ['--quiet', '--disable-pip-version-check', '--no-deps', '--no-compile'];
  await run(python, ['-m', 'pip', 'install', ...flags, ...what]);
}

async function fingerprint(requirements: string): Promise<string> {
  const { stdout } = await run(PYTHON, ['--version']).catch(() => {
    throw new Error(
      `"${PYTHON}" was not found. The interoperation tests need Python 3.10 or later; all others do not.`,
    );
  });
  return createHash('sha256')
    .update(stdout)
    .update(await readFile(requirements))
    .digest('hex');
}

async function makeVirtualEnvironment(): Promise<void> {
  await run(PYTHON, ['-m', 'venv', VENV]).catch((error: Error) => {
    throw new Error(
      `Python could not make a virtual environment. On Debian: apt install python3-venv. ${error.message}`,
    );
  });
}

const PYTHON = process.platform === 'win32' ? 'python' : 'python3';
