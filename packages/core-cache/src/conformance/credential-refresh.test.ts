import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type RefreshCase, runRefreshCase, type StepResult } from './fixtures/run-refresh-case.js';

const file = new URL('./credential-refresh-tests.json', import.meta.url);
const cases = JSON.parse(readFileSync(file, 'utf8')) as readonly RefreshCase[];
const named = cases.map((testCase, index) => ({ number: index + 1, name: testCase.documentation, testCase }));

function expectedOf({ steps }: RefreshCase): StepResult[] {
  return steps.flatMap((step) => (step.type === 'getCredentials' ? [step.expected] : []));
}

test('the corpus has its 24 cases', () => {
  expect(cases).toHaveLength(24);
});

describe('with the choices of AWS', () => {
  test.each(named)('case $number: $name', async ({ testCase }) => {
    const results = await runRefreshCase(testCase, { serveExpired: 'while-refresh-fails', background: false });
    expect(results).toMatchObject(expectedOf(testCase));
  });
});

const CACHED = { result: 'cachedCredentials', sourceContacted: true, rateLimited: false } as const;
const NEW = { result: 'newCredentials', sourceContacted: true, rateLimited: false } as const;
const REFUSED = { result: 'noCredentialsError', sourceContacted: true, rateLimited: false } as const;
const NOT_AUTHORIZED = { result: 'nonRecoverableError', sourceContacted: true, rateLimited: false } as const;

/** What the defaults do instead, by the number of the case. */
const differences: Readonly<Record<number, { readonly why: string; readonly expected: readonly StepResult[] }>> = {
  2: {
    why: 'nobody waits in the advisory window: the caller gets the cached credentials, the next one the new',
    expected: [CACHED],
  },
  7: { why: 'expired credentials are not served', expected: [REFUSED] },
  14: {
    why: 'as case 2, when the window opens; the new credentials do select the new window',
    expected: [
      { ...NEW, advisoryWindowSeconds: 3_600 },
      { ...CACHED, advisoryWindowSeconds: 300 },
    ],
  },
  16: {
    why: 'the first caller does not wait for the refresh that will fail; from then on as AWS does',
    expected: [CACHED, NEW],
  },
  18: {
    why: 'the first caller does not wait for the refresh that will fail; the next one meets the error',
    expected: [CACHED, { ...NOT_AUTHORIZED, sourceContacted: false }],
  },
  21: {
    why: 'expired credentials are not served, and the source is asked again within seconds, not minutes',
    expected: [REFUSED, REFUSED, NEW],
  },
  23: {
    why: 'expired credentials are not served, and the source is asked again within seconds, not minutes',
    expected: [REFUSED, REFUSED, NEW],
  },
};

describe('with the defaults', () => {
  test.each(named)('case $number: $name', async ({ number, testCase }) => {
    const results = await runRefreshCase(testCase, {});
    const difference = differences[number];
    if (difference) expect(results).not.toMatchObject(expectedOf(testCase));
    expect(results, difference?.why).toMatchObject(difference?.expected ?? expectedOf(testCase));
  });

  test('17 of 24 hold as AWS wrote them', () => {
    expect(cases.length - Object.keys(differences).length).toBe(17);
  });
});
