import { symlinkSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createFakeProject } from './fixtures/fake-project.js';
import { searchPlaces } from './search-places.js';

const { argv, execArgv } = process;

function startedWith(path: string | undefined, options: readonly string[] = []): void {
  process.argv = path === undefined ? [process.execPath] : [process.execPath, path];
  process.execArgv = [...options];
}

afterEach(() => {
  process.argv = argv;
  process.execArgv = execArgv;
});

describe('searchPlaces', () => {
  it('is the main module', () => {
    const project = createFakeProject();
    const main = project.write('src/main.js', '');
    startedWith(main);
    expect(searchPlaces()).toEqual([main]);
  });

  it('is the real file of a link first', () => {
    const project = createFakeProject();
    const main = project.write('lib/cli.js', '');
    symlinkSync(main, project.path('cli'));
    startedWith(project.path('cli'));
    expect(searchPlaces()).toEqual([main, project.path('cli')]);
  });

  it('is the path of a program that was started without its extension', () => {
    const project = createFakeProject();
    project.write('app.js', '');
    startedWith(project.path('app'));
    expect(searchPlaces().at(-1)).toBe(project.path('app'));
  });

  it.each(['-e', '-p', '-pe', '--eval', '--eval=1', '--print', '-i'])('is nowhere for code given by %s', (option) => {
    const project = createFakeProject();
    startedWith(project.directory, [option]);
    expect(searchPlaces()).toEqual([]);
  });

  it.each([undefined, '-', 'relative.js'])('is nowhere when started with %s', (path) => {
    startedWith(path);
    expect(searchPlaces()).toEqual([]);
  });

  it('is the directory of the function, the runtime, and the SDK of the runtime in Lambda', () => {
    const project = createFakeProject();
    const bootstrap = project.write('runtime/index.mjs', '');
    startedWith(bootstrap);
    vi.stubEnv('LAMBDA_TASK_ROOT', project.path('task'));
    expect(searchPlaces()).toEqual([project.path('task'), bootstrap, '/var/runtime']);
    vi.stubEnv('LAMBDA_RUNTIME_DIR', project.path('runtime'));
    expect(searchPlaces()).toEqual([project.path('task'), bootstrap, project.path('runtime')]);
  });
});
