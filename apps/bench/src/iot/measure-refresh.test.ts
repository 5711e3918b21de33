import { expect, it } from 'vitest';
import { startDeviceEndpoint } from './device-endpoint.js';
import { measureRefresh } from './measure-refresh.js';

it('each contender asks once per refresh, on a kept connection or on one of its own', async () => {
  const measured = await measureRefresh({ startEndpoint: startDeviceEndpoint, rounds: 4, timesPerRound: 2 });
  // A quarter of the rounds more, to warm up.
  expect(measured.requests).toEqual([
    { name: 'a kept connection', value: 10 },
    { name: 'a new connection each', value: 10 },
  ]);
  expect(measured.handshakes.map(({ value }) => value)).toEqual([1, 10]);
  expect([...measured.wallUs, ...measured.cpuUs].every(({ value }) => value > 0 && Number.isFinite(value))).toBe(true);
});
