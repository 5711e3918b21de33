import { createSession, isBsmError } from '@bsm/core-cache';
import mqtt from 'mqtt';
import { describe, expect, it } from 'vitest';
import { startMqttBroker } from './fixtures/mqtt-broker.js';
import { startSignedWorld } from './fixtures/mqtt-devices.js';
import { type MqttCertificateOptions, type MqttWebsocketOptions, mqttOptions } from './mqtt-options.js';

const KEYS = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' };

const CERTIFICATE: MqttCertificateOptions = {
  transport: 'x509',
  endpoint: 'c1a2b3-ats.iot.eu-west-1.amazonaws.com',
  clientId: 'sensor-7',
  tls: { cert: 'certificate', key: 'key' },
};

const WEBSOCKET: MqttWebsocketOptions = {
  transport: 'websocket',
  endpoint: CERTIFICATE.endpoint,
  clientId: 'sensor-7',
  credentials: () => KEYS,
};

describe('for a certificate', () => {
  it.each<[string, Partial<MqttCertificateOptions>, object]>([
    ['port 8883', {}, { port: 8883 }],
    ['port 443 with a name by ALPN', { port: 443 }, { port: 443, ALPNProtocols: ['x-amzn-mqtt-ca'] }],
    ['the same for alpn', { alpn: true }, { port: 443, ALPNProtocols: ['x-amzn-mqtt-ca'] }],
    ['another name', { alpn: 'mqtt' }, { port: 443, ALPNProtocols: ['mqtt'] }],
    ['port 443 without one', { port: 443, alpn: false }, { port: 443 }],
    ['the port of the endpoint', { endpoint: 'mqtt.example.com:8443' }, { host: 'mqtt.example.com', port: 8443 }],
  ])('it is %s', (_, changes, expected) => {
    expect(mqttOptions({ ...CERTIFICATE, ...changes })).toEqual({
      protocol: 'mqtts',
      host: 'c1a2b3-ats.iot.eu-west-1.amazonaws.com',
      clientId: 'sensor-7',
      keepalive: 60,
      clean: true,
      protocolVersion: 4,
      connectTimeout: 30_000,
      reconnectOnConnackError: true,
      cert: 'certificate',
      key: 'key',
      ...expected,
    });
  });

  it('it is a session that the broker keeps', () => {
    const settings = { cleanStart: false, keepAliveSeconds: 1_200, timeoutMs: 5_000 };
    const kept = { clean: false, keepalive: 1_200, connectTimeout: 5_000 };
    expect(mqttOptions({ ...CERTIFICATE, ...settings })).toMatchObject(kept);
    expect(mqttOptions({ ...CERTIFICATE, ...settings })).not.toHaveProperty('properties');
    expect(mqttOptions({ ...CERTIFICATE, ...settings, protocolVersion: 5 })).toMatchObject({
      ...kept,
      protocolVersion: 5,
      properties: { sessionExpiryInterval: 3_600 },
    });
    expect(mqttOptions({ ...CERTIFICATE, ...settings, protocolVersion: 5, sessionExpirySeconds: 60 })).toMatchObject({
      properties: { sessionExpiryInterval: 60 },
    });
  });

  it('connects mqtt.js itself', async () => {
    await using broker = await startMqttBroker();
    const { certificate: cert, privateKey: key } = broker.device;
    const options = mqttOptions({
      ...CERTIFICATE,
      endpoint: broker.tlsEndpoint,
      tls: { cert, key, ca: broker.authority.ca },
    });
    const client = await mqtt.connectAsync(options);
    await client.publishAsync('t', 'hello', { qos: 1 });
    expect(broker.received).toEqual(['hello']);
    await client.endAsync();
  });
});

describe('for a WebSocket', () => {
  const url = (changes: Partial<MqttWebsocketOptions>): URL => {
    const options = mqttOptions({ ...WEBSOCKET, ...changes });
    if (options.protocol !== 'wss') throw new Error('no WebSocket');
    return new URL(options.transformWsUrl());
  };

  it('asks for credentials at each connection', () => {
    const keys = [
      { ...KEYS, accessKeyId: 'ASIA000000001EXAMPLE' },
      { ...KEYS, accessKeyId: 'ASIA000000002EXAMPLE' },
    ];
    const options = mqttOptions({ ...WEBSOCKET, credentials: () => keys.shift() });
    if (options.protocol !== 'wss') throw new Error('no WebSocket');
    expect(options.transformWsUrl()).toContain('ASIA000000001EXAMPLE');
    expect(options.transformWsUrl()).toContain('ASIA000000002EXAMPLE');
    expect(options).toMatchObject({ port: 443, path: '/mqtt', wsOptions: {} });
  });

  it.each<[string, MqttWebsocketOptions['credentials']]>([
    ['there are none', () => undefined],
    ['they have ended', () => ({ ...KEYS, expiration: new Date(Date.now() - 1) })],
    ['they cannot sign', () => ({ ...KEYS, secretAccessKey: '' })],
    [
      'asking throws',
      () => {
        throw new Error('no');
      },
    ],
  ])('leaves the URL unsigned when %s', (_, credentials) => {
    expect(url({ credentials }).href).toBe('wss://c1a2b3-ats.iot.eu-west-1.amazonaws.com/mqtt');
  });

  it('takes what a session has in hand, and starts what is due', async () => {
    await using broker = await startMqttBroker();
    using world = startSignedWorld(broker);
    const { credentials } = world.session;
    expect(url({ credentials }).search).toBe('');
    await credentials();
    expect(url({ credentials }).href).toContain('ASIA000000001EXAMPLE');
    expect(world.issued).toHaveLength(1);
  });

  it('survives a session that fails or is closed', async () => {
    const session = createSession({
      region: 'eu-west-1',
      credentials: async () => {
        throw new Error('down');
      },
    });
    expect(url({ credentials: session.credentials }).search).toBe('');
    session.close();
    expect(url({ credentials: session.credentials }).search).toBe('');
    await new Promise((resolve) => setImmediate(resolve));
  });

  it('connects mqtt.js itself', async () => {
    await using broker = await startMqttBroker();
    using world = startSignedWorld(broker);
    await world.session.credentials();
    const options = mqttOptions({
      ...WEBSOCKET,
      endpoint: broker.wssEndpoint,
      region: 'eu-west-1',
      credentials: world.session.credentials,
      tls: { ca: broker.authority.ca },
    });
    const client = await mqtt.connectAsync({ ...options, will: { topic: 'gone', payload: Buffer.from('x') } });
    await client.publishAsync('t', 'hello', { qos: 1 });
    expect(broker.received).toEqual(['hello']);
    await client.endAsync();
  });
});

describe('refuses', () => {
  it.each<[string, string, unknown]>([
    ['no options', 'options', null],
    ['no transport', 'transport', { ...CERTIFICATE, transport: undefined }],
    ['another transport', 'transport', { ...CERTIFICATE, transport: 'ws' }],
    ['no endpoint', 'endpoint', { ...CERTIFICATE, endpoint: undefined }],
    ['an URL', 'endpoint', { ...CERTIFICATE, endpoint: 'mqtts://example.com' }],
    ['no client id', 'clientId', { ...CERTIFICATE, clientId: undefined }],
    ['an empty client id', 'clientId', { ...CERTIFICATE, clientId: '' }],
    ['129 bytes of client id', 'clientId', { ...CERTIFICATE, clientId: `${'x'.repeat(127)}é` }],
    ['a control character', 'clientId', { ...CERTIFICATE, clientId: 'a\u0000b' }],
    ['half of a character', 'clientId', { ...CERTIFICATE, clientId: '\ud800' }],
    ['no keep-alive', 'keepAliveSeconds', { ...CERTIFICATE, keepAliveSeconds: 0 }],
    ['a long keep-alive', 'keepAliveSeconds', { ...CERTIFICATE, keepAliveSeconds: 1_201 }],
    ['a port as text', 'port', { ...CERTIFICATE, port: '8883' }],
    ['another version', 'protocolVersion', { ...CERTIFICATE, protocolVersion: 3 }],
    ['a clean start as text', 'cleanStart', { ...CERTIFICATE, cleanStart: 'no' }],
    [
      'an expiry with MQTT 3.1.1',
      'sessionExpirySeconds',
      { ...CERTIFICATE, cleanStart: false, sessionExpirySeconds: 60 },
    ],
    ['an expiry of nothing', 'sessionExpirySeconds', { ...CERTIFICATE, protocolVersion: 5, sessionExpirySeconds: 60 }],
    ['no time', 'timeoutMs', { ...CERTIFICATE, timeoutMs: 0 }],
    ['no certificate', 'tls', { ...CERTIFICATE, tls: undefined }],
    ['half of one', 'tls', { ...CERTIFICATE, tls: { cert: 'c' } }],
    ['a broker that is not verified', 'tls.rejectUnauthorized', { ...CERTIFICATE, tls: { rejectUnauthorized: false } }],
    ['a name that TLS cannot carry', 'alpn', { ...CERTIFICATE, alpn: '' }],
    ['what belongs to the other', 'credentials', { ...CERTIFICATE, credentials: () => KEYS }],
    ['no credentials', 'credentials', { ...WEBSOCKET, credentials: undefined }],
    ['keys that cannot change', 'credentials', { ...WEBSOCKET, credentials: KEYS }],
    ['ALPN', 'alpn', { ...WEBSOCKET, alpn: true }],
    ['no region', 'region', { ...WEBSOCKET, endpoint: 'mqtt.example.com' }],
    ['a region that is none', 'region', { ...WEBSOCKET, region: 'EU' }],
    ['a key', 'tls.key', { ...WEBSOCKET, tls: { key: 'key' } }],
    ['no agent', 'agent', { ...WEBSOCKET, agent: {} }],
  ])('%s', (_, option, options) => {
    let thrown: unknown;
    try {
      mqttOptions(options as MqttWebsocketOptions);
    } catch (error) {
      thrown = error;
    }
    expect(isBsmError(thrown, 'ERR_BSM_OPTION_INVALID') && thrown.details).toEqual({ option });
  });
});
