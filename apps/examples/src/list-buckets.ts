import { parseArgs } from 'node:util';
import { createSession, isBsmError, printWhoAmI } from 'bsm';
import { bucketNames } from './bucket-names.js';

const { values } = parseArgs({ options: { profile: { type: 'string' } } });

// Without --profile this is the usual chain: environment, [default] profile, container, instance.
const session = createSession({ profile: values.profile });
try {
  await printWhoAmI(session);
  for (const name of await bucketNames(session)) console.log(name);
} catch (error) {
  if (!isBsmError(error)) throw error;
  console.error(`${error.code}: ${error.message}`);
  process.exitCode = 1;
}
