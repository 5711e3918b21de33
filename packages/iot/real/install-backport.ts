import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Installs a package of Debian's backports, from the archive that the machine uses already. The lists are read into a directory of
 * their own, so that the machine's sources stay as they are.
 */
export async function installBackport(apt: readonly [string, ...string[]], name: string): Promise<void> {
  const [uri, codename] = await archive();
  const home = await mkdtemp(join(tmpdir(), 'bsm-backports-'));
  // For the user as whom apt-get downloads.
  await chmod(home, 0o755);
  await mkdir(join(home, 'lists', 'partial'), { recursive: true });
  const suite = `${codename}-backports`;
  await writeFile(join(home, 'sources.list'), `deb ${uri} ${suite} main\n`);
  const options = [
    `Dir::Etc::SourceList=${join(home, 'sources.list')}`,
    'Dir::Etc::SourceParts=/dev/null',
    `Dir::State::Lists=${join(home, 'lists')}`,
    'Dir::Cache::pkgcache=',
    'Dir::Cache::srcpkgcache=',
  ].flatMap((option) => ['-o', option]);
  const [command, ...first] = [...apt, ...options];
  await run(command as string, [...first, 'update', '-qq']);
  const install = ['install', '-y', '-qq', '--no-install-recommends', '--target-release', suite, name];
  await run(command as string, [...first, ...install], { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
  await rm(home, { recursive: true });
}

/** The archive and the name of the release that the machine's own packages come from. */
async function archive(): Promise<readonly [uri: string, codename: string]> {
  const format = '$(ORIGIN) $(REPO_URI) $(CODENAME)';
  const { stdout } = await run('apt-get', ['indextargets', '--format', format, 'Created-By: Packages']);
  const release = stdout.split('\n').map((line) => line.split(' '));
  const [, uri, codename] =
    release.find(([origin, , name]) => origin === 'Debian' && /^[a-z]+$/.test(name ?? '')) ?? [];
  if (!uri || !codename) throw new Error('this is no Debian, or its lists of packages are missing: apt-get update');
  return [uri, codename];
}
