import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { PARTS, type Part, PROVIDER } from './device-parts.ts';
import { installBackport } from './install-backport.ts';

// Installs what is missing with apt-get, before the tests. Starts no service: the tests start what they need, and end it. Says what to
// install where this may not do it, without apt-get or without the rights for it.

const run = promisify(execFile);

type Command = readonly [string, ...string[]];

/** The command that installs packages: as root, or with rights that need no password. */
const apt: Command = process.getuid?.() === 0 ? ['apt-get'] : ['sudo', '--non-interactive', 'apt-get'];

let updating: Promise<unknown> | undefined;

/** Reads the lists of packages, once. */
async function update(): Promise<void> {
  updating ??= run(apt[0], [...apt.slice(1), 'update', '-qq']);
  await updating;
}

async function install(name: string): Promise<void> {
  await update();
  await run(apt[0], [...apt.slice(1), 'install', '-y', '-qq', '--no-install-recommends', name], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}

/** Whether the machine's own sources have a package. */
async function isOffered(name: string): Promise<boolean> {
  await update();
  const { stdout } = await run('apt-cache', ['policy', name], { env: { ...process.env, LC_ALL: 'C' } });
  return /Candidate: [^(\s]/.test(stdout);
}

/** Tries to install the parts that are missing; returns what went wrong. */
async function attempt(
  parts: readonly Part[],
  installPart: (name: string) => Promise<void>,
): Promise<string | undefined> {
  try {
    for (const part of parts) if (!part.isThere()) await installPart(part.name);
  } catch (error) {
    return (error as Error).message.trim();
  }
  const missing = parts.filter((part) => !part.isThere()).map(({ name }) => name);
  return missing.length === 0
    ? undefined
    : `${missing.join(', ')}: apt-get has none that is new enough, or put it elsewhere`;
}

if (![...PARTS, PROVIDER].every((part) => part.isThere())) {
  const problem = await attempt(PARTS, install);
  if (problem !== undefined) {
    const names = PARTS.map(({ name }) => name).join(' ');
    process.stderr.write(
      `These tests need programs that cannot be installed here: ${problem}\nBy hand: apt-get install ${names}\n`,
    );
    process.exit(1);
  }
  const withoutProvider = await attempt([PROVIDER], async (name) =>
    (await isOffered(name)) ? install(name) : installBackport(apt, name),
  );
  if (withoutProvider !== undefined) {
    process.stderr.write(
      `The tests with OpenSSL's PKCS#11 provider are left out, since it cannot be had here: ${withoutProvider}\n`,
    );
  }
}
