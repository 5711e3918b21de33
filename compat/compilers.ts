import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { runNode } from './run-node.ts';
import type { UserProject } from './user-project.ts';

/** The versions of TypeScript that are tried: the oldest that is supported, the newest of each major since. */
export const COMPILERS = ['5.5', '5.9', '6', '7'] as const;

export type Compiler = (typeof COMPILERS)[number];

/** How a project is compiled. */
export interface Compilation {
  readonly compiler: Compiler;
  readonly resolution: 'nodenext' | 'bundler';
  readonly skipLibCheck: boolean;
  /** Paths inside the project. */
  readonly files: readonly string[];
  /** Print what the compilation cost. */
  readonly statistics?: boolean;
}

const require = createRequire(import.meta.url);

/** Compiles files of a project without output, and returns what the compiler printed. */
export async function compile(project: UserProject, compilation: Compilation): Promise<string> {
  const { compiler, resolution, skipLibCheck, files, statistics = false } = compilation;
  const compilerOptions = {
    target: 'es2022',
    lib: ['es2022', 'esnext.disposable'],
    types: ['node'],
    module: resolution === 'nodenext' ? 'nodenext' : 'preserve',
    moduleResolution: resolution,
    strict: true,
    noEmit: true,
    skipLibCheck,
  };
  const name = `tsconfig.${compiler}.${resolution}.${skipLibCheck}.json`;
  const config = project.write(name, JSON.stringify({ compilerOptions, files }));
  const flags = ['--pretty', 'false', ...(statistics ? ['--extendedDiagnostics'] : [])];
  const { stdout, stderr } = await runNode([pathOf(compiler), '-p', config, ...flags], { cwd: project.directory });
  return `${stdout}${stderr}`.replaceAll(project.directory, '.');
}

/** Lists the errors in what a compiler printed, one a line, without the lines that explain them. */
export function errorsIn(output: string): string[] {
  return output.split('\n').filter((line) => /error TS\d+/.test(line));
}

function pathOf(compiler: Compiler): string {
  const manifest = require.resolve(`typescript-${compiler}/package.json`);
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as { bin: { tsc: string } };
  return join(dirname(manifest), bin.tsc);
}
