import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listPublished, ROOT, readManifest } from './workspace.ts';

const DOCUMENTS = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md'];
const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');

describe('the README', () => {
  const blocks = [...readme.matchAll(/(?:<!-- (\S+) -->\n)?```ts\n([\s\S]*?)```/g)];

  it.each(blocks.map(([, file = '(none named)', code]) => ({ file, code })))(
    'shows $file as it is',
    ({ file, code }) => {
      expect(code).toBe(readFileSync(join(ROOT, file), 'utf8'));
    },
  );

  it('shows three programs', () => {
    expect(blocks).toHaveLength(3);
  });

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
