import { bundle } from './bundle.ts';
import type { EntryBudget } from './entry-budgets.ts';
import { partsOutside } from './parts-outside.ts';

/** What an entry weighs, and how it breaks its budget. */
export interface EntryFacts {
  readonly bytes: number;
  readonly problems: readonly string[];
}

/** Measures an entry by itself. */
export async function entryProblems({ entry, beside, maxBytes, forbidden }: EntryBudget): Promise<EntryFacts> {
  const alone = await bundleOf([entry]);
  const names = forbidden.filter((name) => alone.code.includes(name)).map((name) => `contains "${name}"`);
  const bytes = beside === undefined ? alone.bytes : await addedBytes(entry, beside);
  const excess = bytes > maxBytes ? [`has ${bytes} B, allowed ${maxBytes} B`] : [];
  return { bytes, problems: [...names, ...excess, ...(bytes > 0 ? [] : ['is empty'])] };
}

async function addedBytes(entry: string, beside: string): Promise<number> {
  const [both, one] = await Promise.all([bundleOf([beside, entry]), bundleOf([beside])]);
  return both.bytes - one.bytes;
}

function bundleOf(entries: readonly string[]): ReturnType<typeof bundle> {
  const code = entries.map((entry, i) => `export * as part${i} from '${entry}';`).join('\n');
  return bundle(entries.length === 1 ? `export * from '${entries[0]}';` : code, {
    plugins: [partsOutside],
    outside: ['@bsm/core-cache', '@bsm/masking'],
  });
}
