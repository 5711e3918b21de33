import { describe, expect, it } from 'vitest';
import { budgetProblems } from './budget-problems.ts';
import type { Budget } from './budgets.ts';

const BUDGET: Budget = {
  name: 'a',
  from: ['one', 'all'],
  differenceBytes: 100,
  maxBytes: 1_000,
  maxGzipBytes: 500,
  forbidden: ['@aws-sdk'],
};
const of = (bytes: number, gzipBytes: number, code = 'code') => ({ bytes, gzipBytes, code });

describe('budgetProblems', () => {
  it('accepts bundles at the limits', () => {
    const bundles = new Map([
      ['one', of(900, 500)],
      ['all', of(1_000, 500)],
    ]);
    expect(budgetProblems(BUDGET, bundles)).toEqual([]);
  });

  it.each([
    {
      what: 'a forbidden name, before its size',
      bundle: of(1_001, 400, 'import("@aws-sdk/x")'),
      says: /^from 'all' contains "@aws-sdk"/,
    },
    { what: 'too many bytes', bundle: of(1_001, 400), says: /1001 B, allowed 1000 B/ },
    { what: 'too many bytes after gzip', bundle: of(1_000, 501), says: /501 B after gzip, allowed 500 B/ },
    { what: 'a difference', bundle: of(799, 400), says: /differs by 101 B between one and all, allowed 100 B/ },
    { what: 'no bytes', bundle: of(0, 0), says: /is empty/ },
  ])('refuses $what', ({ bundle, says }) => {
    const problems = budgetProblems(
      BUDGET,
      new Map([
        ['one', of(900, 400)],
        ['all', bundle],
      ]),
    );
    expect(problems[0]).toMatch(says);
  });
});
