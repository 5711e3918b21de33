import type { Budget } from './budgets.ts';
import type { Bundle } from './bundle.ts';

/** Lists how the bundles of one function, by the package they import it from, break its budget: names first, then bytes. */
export function budgetProblems(budget: Budget, bundles: ReadonlyMap<string, Bundle>): string[] {
  const each = [...bundles].flatMap(([from, bundle]) =>
    bundleProblems(budget, bundle).map((problem) => `from '${from}' ${problem}`),
  );
  const bytes = [...bundles.values()].map((bundle) => bundle.bytes);
  const difference = Math.max(...bytes) - Math.min(...bytes);
  if (difference <= budget.differenceBytes) return each;
  return [
    ...each,
    `differs by ${difference} B between ${[...bundles.keys()].join(' and ')}, allowed ${budget.differenceBytes} B`,
  ];
}

function bundleProblems(
  { forbidden, maxBytes, maxGzipBytes = maxBytes }: Budget,
  { code, bytes, gzipBytes }: Bundle,
): string[] {
  const problems = forbidden.filter((name) => code.includes(name)).map((name) => `contains "${name}"`);
  if (bytes === 0) problems.push('is empty');
  if (bytes > maxBytes) problems.push(`has ${bytes} B, allowed ${maxBytes} B`);
  if (gzipBytes > maxGzipBytes) problems.push(`has ${gzipBytes} B after gzip, allowed ${maxGzipBytes} B`);
  return problems;
}
