import { describe, expect, it } from 'vitest';
import { measureAdvisoryWait } from './advisory-wait.js';
import { countFleetCalls } from './fleet.js';
import { countSourceCalls } from './source-calls.js';

describe('what is counted', () => {
  it('sources of credentials that always live 240 seconds', async () => {
    const { now } = Date;
    const [sdk, shared] = await countSourceCalls({ lifetimeMs: 240_000, uses: 4, everyMs: 0 });
    expect(shared?.value).toBe(1);
    expect(sdk?.value).toBeGreaterThan(4);
    expect(Date.now).toBe(now);
  });

  it('uses are so far apart as it is said', async () => {
    const measured = await countSourceCalls({ lifetimeMs: 900_000, uses: 3, everyMs: 900_000 });
    expect(measured.map(({ value }) => value)).toEqual([3, 3]);
  });

  it('AssumeRole calls of several clients', async () => {
    const measured = await countFleetCalls({ clients: 3, requestsPerClient: 2 });
    expect(measured.map(({ value }) => value)).toEqual([3, 1]);
  });

  it('what callers wait for', async () => {
    const measured = await measureAdvisoryWait({ callers: 10, sourceMs: 1 });
    expect(measured.map(({ name }) => name)).toEqual(["the SDK's memoizer", 'shared credentials']);
  });
});
