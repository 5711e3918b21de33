import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listPublished, listSources, ROOT, readManifest } from './workspace.ts';

const DOCUMENTS = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md'];
const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');

/** Each README that shows programs, the directory its comments start from, and the directory of its programs. */
const SHOWCASES = [
  { document: 'README.md', home: '.', programs: 'apps/examples/src' },
  ...listPublished().map(({ directory }) => ({
    document: `${directory}/README.md`,
    home: directory,
    programs: `${directory}/examples`,
  })),
];

describe.each(SHOWCASES)('the programs in $document', ({ document, home, programs }) => {
  const blocks = programBlocks(readFileSync(join(ROOT, document), 'utf8'));
  const files = listSources(join(ROOT, programs)).filter((path) => !path.endsWith('.test.ts'));

  it.each(blocks)('are the file $file', ({ file, code }) => {
    expect(code).toBe(readFileSync(join(ROOT, home, file), 'utf8'));
  });

  it('are all the files there are, each shown once', () => {
    const shown = blocks.map(({ file }) => join(home, file));
    expect(shown.sort()).toEqual(files.map((file) => join(programs, file)));
    expect(files).not.toEqual([]);
  });

  it('are run by a test beside the sources', () => {
    const sources = join(ROOT, home === '.' ? programs : join(home, 'src'));
    const tests = listSources(sources).filter((path) => path.endsWith('.test.ts'));
    const text = tests.map((path) => readFileSync(join(sources, path), 'utf8')).join('');
    const unused = files.filter((file) => !text.includes(`/${file.replace(/\.ts$/, '.js')}'`));
    expect(unused).toEqual([]);
  });
});

/** Lists the blocks of JavaScript or TypeScript, however their language is spelled, with the file that each is said to be. */
function programBlocks(markdown: string): { file: string; code: string }[] {
  const blocks = markdown.matchAll(
    /(?:<!-- (\S+) -->\n)?^ *```(?:[cm]?[jt]sx?|javascript|typescript)\b.*\n([\s\S]*?)```/gim,
  );
  return [...blocks].map(([, file = '(none named)', code = '']) => ({ file, code }));
}

describe('the README', () => {
  it('has exactly two commands that set everything up, with the pinned pnpm', () => {
    const { packageManager } = readManifest(ROOT);
    const commands = readme.split('\n').filter((line) => line.startsWith('npx '));
    expect(commands).toEqual([`npx -y ${packageManager} demo`, `npx -y ${packageManager} test`]);
  });

  it.each(listPublished().map(({ directory, manifest }) => ({ name: manifest.name, directory })))(
    'lists $name',
    ({ name, directory }) => {
      expect(readme).toContain(`| [\`${name}\`](${directory}) |`);
    },
  );
});

describe.each(DOCUMENTS)('%s', (document) => {
  const text = readFileSync(join(ROOT, document), 'utf8');
  const links = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#]+)/g)].map(([, link = '']) => link);

  it('links to files that exist', () => {
    const missing = links.filter((link) => !existsSync(join(ROOT, dirname(document), link)));
    expect(missing).toEqual([]);
  });

  it('names the pinned pnpm wherever it names one', () => {
    const versions = new Set([...text.matchAll(/pnpm@[\d.]+/g)].map(([version]) => version));
    expect(
      [...versions, readManifest(ROOT).packageManager].every(
        (version) => version === readManifest(ROOT).packageManager,
      ),
    ).toBe(true);
  });
});
