import { expect, it } from 'vitest';
import { createReconnectDelays } from './mqtt-reconnect-delays.js';

const GOOD_MS = 30_000;

function delaysAt(random: number, range?: readonly [number, number]) {
  const clock = { now: 0 };
  return {
    clock,
    ...createReconnectDelays(
      range,
      () => random,
      () => clock.now,
    ),
  };
}

it('grows from one second to two minutes, as the device SDKs do', () => {
  const { begin } = delaysAt(1);
  expect(Array.from({ length: 9 }, begin)).toEqual([
    2_000, 4_000, 8_000, 16_000, 32_000, 64_000, 120_000, 120_000, 120_000,
  ]);
});

it('spreads from the least on', () => {
  const { begin } = delaysAt(0);
  expect([begin(), begin(), begin()]).toEqual([1_000, 1_000, 1_000]);
  expect(delaysAt(0.5).begin()).toBe(1_500);
});

it('starts anew after a connection that lasted', () => {
  const { begin, connected, lost, clock } = delaysAt(1);
  for (let i = 0; i < 5; i++) begin();
  expect(connected()).toBe(2_000);
  clock.now += GOOD_MS;
  expect([lost(), begin()]).toEqual([2_000, 2_000]);
});

it('goes on growing after one that did not: two devices may have one client id', () => {
  const { begin, connected, lost, clock } = delaysAt(1);
  begin();
  begin();
  connected();
  clock.now += GOOD_MS - 1;
  expect([lost(), begin()]).toEqual([4_000, 8_000]);
});

it('stays in its range, and above nothing', () => {
  const { begin } = delaysAt(1, [5, 7]);
  expect([begin(), begin(), begin()]).toEqual([7, 7, 7]);
  expect(delaysAt(0, [1, 1]).begin()).toBe(1);
});
