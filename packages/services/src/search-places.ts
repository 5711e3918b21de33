import { realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, isAbsolute, join } from 'node:path';

/** Where the AWS SDK of the runtime is in Lambda, unless the runtime says so. */
const LAMBDA_RUNTIME = '/var/runtime';

/** Options of Node whose program is no file: what then stands first among the arguments is the user's, not a path of a program. */
const NO_FILE = /^(?:-[pei]|-pe|--eval|--print|--interactive)(?:=|$)/;

/**
 * Lists the places that packages are looked for from when none is named: the main module, by its real path and by the one it was
 * started with. In Lambda the main module is the runtime's, so the function's own directory comes before it and the SDK that the
 * runtime brings after it.
 */
export function searchPlaces(): string[] {
  const { LAMBDA_TASK_ROOT: task, LAMBDA_RUNTIME_DIR: runtime } = process.env;
  const places = task ? [task, ...mainModule(), runtime || LAMBDA_RUNTIME] : mainModule();
  return [...new Set(places)];
}

function mainModule(): string[] {
  const started = process.execArgv.some((option) => NO_FILE.test(option)) ? undefined : process.argv[1];
  if (started === undefined || !isAbsolute(started)) return [];
  // A program that is linked to, as those in `node_modules/.bin` are, has its packages beside the real file.
  const real = realPath(started) ?? createRequire(join(dirname(started), 'main.js')).main?.filename;
  return real === undefined ? [started] : [real, started];
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    // `node app` names no file when it means app.js.
    return undefined;
  }
}
