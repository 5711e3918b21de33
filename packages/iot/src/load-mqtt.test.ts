import { describe, expect, it } from 'vitest';
import { loadMqtt, type MqttModules } from './load-mqtt.js';

const found = (module: unknown) => async (): Promise<unknown> => module;
const missing = (code: string) => async (): Promise<unknown> => {
  throw Object.assign(new Error(`Cannot find package 'mqtt'`), { code });
};
const client = (VERSION: unknown): unknown => ({ MqttClient: Object.assign(() => {}, { VERSION }) });
const builder = found({ streamBuilder: () => {} });

describe('mqtt.js', () => {
  it('is loaded as it is installed', async () => {
    const peer = await loadMqtt();
    expect(peer).toEqual({ createClient: expect.any(Function), openWebSocket: expect.any(Function) });
  });

  it.each<[string, MqttModules]>([
    ['by name', { mqtt: found(client('5.10.0')), webSocket: builder }],
    [
      'as a default',
      { mqtt: found({ default: client('5.99.1') }), webSocket: found({ default: { streamBuilder() {} } }) },
    ],
  ])('is taken %s', async (_, modules) => {
    expect(Object.keys(await loadMqtt(modules))).toHaveLength(2);
  });

  it.each<[string, string, MqttModules]>([
    ['is not installed', 'ERR_BSM_PEER_MISSING', { mqtt: missing('ERR_MODULE_NOT_FOUND'), webSocket: builder }],
    ['is not installed for require', 'ERR_BSM_PEER_MISSING', { mqtt: missing('MODULE_NOT_FOUND'), webSocket: builder }],
    ['cannot be loaded', 'ERR_BSM_PEER_UNSUPPORTED', { mqtt: missing('ERR_INTERNAL'), webSocket: builder }],
    ['is of version 4', 'ERR_BSM_PEER_UNSUPPORTED', { mqtt: found(client('4.3.8')), webSocket: builder }],
    ['says no version', 'ERR_BSM_PEER_UNSUPPORTED', { mqtt: found(client(undefined)), webSocket: builder }],
    ['is of version 5.9', 'ERR_BSM_PEER_UNSUPPORTED', { mqtt: found(client('5.9.1')), webSocket: builder }],
    ['is of version 6', 'ERR_BSM_PEER_UNSUPPORTED', { mqtt: found(client('6.0.0')), webSocket: builder }],
    ['is something else', 'ERR_BSM_PEER_UNSUPPORTED', { mqtt: found({}), webSocket: builder }],
    ['has no WebSocket', 'ERR_BSM_PEER_UNSUPPORTED', { mqtt: found(client('5.16.0')), webSocket: found({}) }],
  ])('that %s is %s, with what to run', async (_, code, modules) => {
    const details = { packageName: 'mqtt', install: 'npm install mqtt@5' };
    await expect(loadMqtt(modules)).rejects.toMatchObject({
      code,
      details,
      message: expect.stringContaining('npm install mqtt@5'),
    });
  });

  it('that cannot be loaded says why, and what bundles need', async () => {
    const error = await loadMqtt({ mqtt: missing('ERR_INTERNAL'), webSocket: builder }).catch((e: unknown) => e);
    expect(error).toMatchObject({
      message: expect.stringMatching(/see the cause\..*external: mqtt/),
      cause: expect.objectContaining({ code: 'ERR_INTERNAL' }),
    });
    expect(String(error)).not.toMatch(/5\.10/);
  });
});
