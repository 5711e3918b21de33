import { isBsmError } from 'bsm';
import { parseArguments, USAGE, UsageError } from './arguments.js';
import { runLive } from './live.js';
import { runOffline } from './offline.js';
import { createOutput } from './output.js';

/** Exit code of a command line that cannot be followed, as other tools have it. */
const EXIT_USAGE = 2;

async function main(argv: readonly string[]): Promise<void> {
  const options = parseArguments(argv);
  const out = createOutput(process.stdout, process.env);
  if (options.mode === 'help') process.stdout.write(USAGE);
  else if (options.mode === 'live') await runLive(options, out);
  else await runOffline(out);
}

// Who reads the first lines only, such as `head`, closes the pipe: that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (error instanceof UsageError) {
    process.stderr.write(`demo: ${error.message}. See --help.\n`);
    process.exitCode = EXIT_USAGE;
  } else if (isBsmError(error)) {
    process.stderr.write(`demo: ${error.code}: ${error.message}\n`);
    process.exitCode = 1;
  } else {
    throw error;
  }
}
