import { AsyncLocalStorage } from 'node:async_hooks';
import { expect, it, vi } from 'vitest';
import { createGate, settle } from './fixtures/gate.js';
import { literalSession } from './fixtures/literal-session.js';
import { useProcessEnv } from './fixtures/process-env.js';
import { withEnv } from './with-env.js';

useProcessEnv();
const keyId = (): string | undefined => process.env['AWS_ACCESS_KEY_ID'];

async function anotherCopy(): Promise<typeof withEnv> {
  vi.resetModules();
  const copy = await import('./with-env.js');
  expect(copy.withEnv).not.toBe(withEnv);
  return copy.withEnv;
}

it('has one queue for all copies of the package in a process', async () => {
  const withEnvOfCopy = await anotherCopy();
  const gate = createGate();
  const log: (string | undefined)[] = [];
  const first = withEnv(literalSession('A'), () => gate.then(() => log.push(keyId())));
  const second = withEnvOfCopy(literalSession('B'), () => log.push(keyId()));
  const refused = withEnvOfCopy(literalSession('B'), keyId, { overlap: 'refuse' });
  await expect(refused).rejects.toMatchObject({ code: 'ERR_BSM_ENV_SCOPE_BUSY' });
  gate.open();
  await Promise.all([first, second]);
  expect(log).toEqual(['A', 'B']);
});

it('nests the scopes of one copy in those of another', async () => {
  const withEnvOfCopy = await anotherCopy();
  const seen = await withEnv(literalSession('A'), async () => [
    await withEnvOfCopy(literalSession('B'), keyId),
    keyId(),
  ]);
  expect(seen).toEqual(['B', 'A']);
});

it('tracks nothing when no scope is open', async () => {
  const disable = vi.spyOn(AsyncLocalStorage.prototype, 'disable');
  const gate = createGate();
  const scopes = [withEnv(literalSession('A'), () => gate), withEnv(literalSession('B'), settle)];
  await settle();
  expect(disable).not.toHaveBeenCalled();
  gate.open();
  await Promise.all(scopes);
  expect(disable).toHaveBeenCalledOnce();
  disable.mockRestore();
});

it('keeps the process alive while a scope waits, and no longer', async () => {
  const timers = vi.spyOn(globalThis, 'setTimeout');
  const stopped = vi.spyOn(globalThis, 'clearTimeout');
  const gate = createGate();
  const scopes = [
    withEnv(literalSession('A'), () => gate),
    withEnv(literalSession('B'), () => {}, { timeoutMs: 12_345 }),
  ];
  const started = timers.mock.results.filter((_, index) => timers.mock.calls[index]?.[1] === 12_345);
  const handles = started.map(({ value }) => value as NodeJS.Timeout);
  expect(handles.some((handle) => handle.hasRef())).toBe(true);
  gate.open();
  await Promise.all(scopes);
  expect(handles.map((handle) => stopped.mock.calls.some(([cleared]) => cleared === handle))).toEqual([true, true]);
  vi.restoreAllMocks();
});
