import { createReport } from '../report.ts';
import { listPublished, type WorkspacePackage } from '../workspace.ts';
import { budgetProblems } from './budget-problems.ts';
import { BUDGETS, type Budget } from './budgets.ts';
import { type Bundle, bundle } from './bundle.ts';
import { distrustSideEffects } from './distrust-side-effects.ts';
import { ENTRY_BUDGETS, type EntryBudget } from './entry-budgets.ts';
import { entryProblems } from './entry-problems.ts';
import { oneFileProblems } from './one-file-problems.ts';
import { partsOutside } from './parts-outside.ts';

// What a user's bundle pays for one function, and that `sideEffects: false` is true. Needs a build.
const ONLY_ARITHMETIC = /^(?:var (?:,?[\w$]+=[\de.*+/-]+)+;\s*)*$/; // `15 * 60_000` is kept by esbuild, and runs nothing
for (const budget of BUDGETS) await attempt(`{ ${budget.name} }`, () => checkBudget(budget));
for (const budget of ENTRY_BUDGETS) await attempt(budget.entry, () => checkEntry(budget));
await attempt('{ iotSession }', checkOneFile);
for (const entry of listPublished().flatMap(entriesOf)) await attempt(entry, () => checkSideEffects(entry));

async function checkBudget(budget: Budget): Promise<void> {
  const bundles = new Map<string, Bundle>();
  for (const from of budget.from) bundles.set(from, await bundle(`export { ${budget.name} } from '${from}';`));
  const sizes = [...bundles].map(([from, { bytes, gzipBytes }]) => `${bytes} B (${gzipBytes} B gzip) from '${from}'`);
  createReport(`{ ${budget.name} }`).all(sizes.join(', '), budgetProblems(budget, bundles));
}

async function checkEntry(budget: EntryBudget): Promise<void> {
  const { bytes, problems } = await entryProblems(budget);
  const beside = budget.beside === undefined ? 'by itself' : `beside ${budget.beside}`;
  createReport(budget.entry).all(`${bytes} B ${beside}`, problems);
}

async function checkOneFile(): Promise<void> {
  createReport('{ iotSession }').all('works in one file, with the parts that it loads', await oneFileProblems());
}

function entriesOf({ manifest }: WorkspacePackage): string[] {
  const { exports = {} } = manifest as { readonly exports?: Readonly<Record<string, unknown>> };
  const entries = Object.keys(exports).filter((path) => !path.endsWith('.json'));
  return entries.map((path) => manifest.name + path.slice(1));
}

async function checkSideEffects(name: string): Promise<void> {
  const { code } = await bundle(`import '${name}';`, { plugins: [partsOutside, distrustSideEffects] });
  const problems = ONLY_ARITHMETIC.test(code) ? [] : [`does something when it is loaded: ${code.slice(0, 300)}`];
  createReport(name).all('does nothing when it is loaded', problems);
}

async function attempt(name: string, check: () => Promise<void>): Promise<void> {
  try {
    await check();
  } catch (error) {
    createReport(name).fail(`cannot be bundled: ${error instanceof Error ? error.message : String(error)}`);
  }
}
