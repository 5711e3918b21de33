import type { Measured } from './compare.js';
import { measureValidCredentials } from './valid-credentials.js';

/** Prints each contender, with its ratio to the first. */
function report(title: string, results: readonly Measured[]): void {
  const [reference] = results;
  process.stdout.write(`\n${title}\n`);
  for (const { name, nanoseconds } of results) {
    const ratio = nanoseconds / (reference?.nanoseconds ?? Number.NaN);
    process.stdout.write(
      `  ${name.padEnd(40)} ${nanoseconds.toFixed(0).padStart(8)} ns  ${ratio.toFixed(2).padStart(6)}\n`,
    );
  }
}

report('One call with valid credentials', await measureValidCredentials());
