import { measureAccounts, measureGrowth } from './accounts/measure-accounts.js';
import { measureAdvisoryWait } from './advisory-wait.js';
import { measureCachedClient } from './cached-client.js';
import { countFleetCalls } from './fleet.js';
import { measureRefresh } from './iot/measure-refresh.js';
import { spawnEndpoint } from './iot/spawn-endpoint.js';
import type { Measured } from './measured.js';
import { pythonPeer } from './python-peer.js';
import { countSourceCalls } from './source-calls.js';
import { measureValidCredentials } from './valid-credentials.js';

/** Prints each contender, with its ratio to the first. Figures of different runs are not comparable. */
function report(title: string, unit: string, results: readonly Measured[]): void {
  const [reference] = results;
  process.stdout.write(`\n${title}\n`);
  for (const { name, value } of results) {
    const ratio = value / (reference?.value ?? Number.NaN);
    process.stdout.write(
      `  ${name.padEnd(28)} ${value.toFixed(0).padStart(8)} ${unit.padEnd(5)} ${ratio.toFixed(2).padStart(6)}\n`,
    );
  }
}

const MINUTE_MS = 60_000;

report('One call with valid credentials', 'ns', await measureValidCredentials());
report(
  'AssumeRole calls: 50 clients, 32 concurrent requests each',
  'calls',
  await countFleetCalls({ clients: 50, requestsPerClient: 32 }),
);
report(
  'Calls of the source: credentials that always live 240 s, 32 requests in a row',
  'calls',
  await countSourceCalls({ lifetimeMs: 4 * MINUTE_MS, uses: 32, everyMs: 0 }),
);
report(
  'Calls of the source: a 900-second role, 20 uses over its first 9 minutes',
  'calls',
  await countSourceCalls({ lifetimeMs: 15 * MINUTE_MS, uses: 20, everyMs: (9 * MINUTE_MS) / 20 }),
);
report(
  'Until the last of 10,000 callers is served, 4 minutes before the end, while STS takes 3 s',
  'ms',
  await measureAdvisoryWait({ callers: 10_000, sourceMs: 3_000 }),
);

const python = await pythonPeer();
if (!python?.iot) {
  process.stdout.write(
    `\nboto3-refresh-session is not compared${python ? ' by device certificates' : ''}: \`npx -y pnpm@12.21.0 test:interop\` installs it, on a machine with Python 3.\n`,
  );
}
report('A client that was made before', 'ns', await measureCachedClient(python));

const ACCOUNTS = 50;
const { memoryMiB, cpuMs, assumeRoleCalls } = await measureAccounts(ACCOUNTS, python);
const what = `${ACCOUNTS} accounts x 4 regions x 2 services, each client made and used once, after a first account`;
report(`Memory: ${what}`, 'MiB', memoryMiB);
report(`CPU time: ${what}`, 'ms', cpuMs);
report(`AssumeRole calls: ${what}`, 'calls', assumeRoleCalls);
report('Heap of one more, at 100 to 1,000 accounts', 'bytes', await measureGrowth([100, 200, 500, 1_000]));

const refreshed = await measureRefresh({ startEndpoint: spawnEndpoint, python });
const certificate = 'A refresh with a device certificate';
report(`${certificate}: until it is done`, 'us', refreshed.wallUs);
report(`${certificate}: CPU time`, 'us', refreshed.cpuUs);
report(`${certificate}: TLS handshakes of ${refreshed.requests[0]?.value} refreshes`, 'times', refreshed.handshakes);
