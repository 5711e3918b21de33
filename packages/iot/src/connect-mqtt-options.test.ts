import { createSession, isBsmError } from '@bsm/core-cache';
import { expect, it } from 'vitest';
import { connectMqtt } from './connect-mqtt.js';
import type { IotMqttOptions } from './connect-mqtt-options.js';

const PEM = '-----BEGIN CERTIFICATE-----';
const DEVICE = {
  endpoint: 'c1.credentials.iot.eu-west-1.amazonaws.com',
  roleAlias: 'r',
  certificate: PEM,
  privateKey: PEM,
};
const OPTIONS = { endpoint: 'c1-ats.iot.eu-west-1.amazonaws.com', clientId: 'sensor-7', identity: DEVICE };
const SESSION = createSession({
  credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 's' },
  region: 'eu-west-1',
});

it.each<[string, string, unknown]>([
  ['no options', 'options', null],
  ['an unknown option', 'qos', { ...OPTIONS, qos: 1 }],
  ['no endpoint', 'endpoint', { ...OPTIONS, endpoint: undefined }],
  ['a scheme', 'endpoint', { ...OPTIONS, endpoint: `wss://${OPTIONS.endpoint}` }],
  ['the credential endpoint', 'endpoint', { ...OPTIONS, endpoint: DEVICE.endpoint }],
  ['two ports', 'port', { ...OPTIONS, endpoint: `${OPTIONS.endpoint}:443`, port: 8883 }],
  ['no client id', 'clientId', { ...OPTIONS, clientId: undefined }],
  ['a long client id', 'clientId', { ...OPTIONS, clientId: 'x'.repeat(129) }],
  ['no identity', 'identity', { ...OPTIONS, identity: undefined }],
  ['an identity that is none', 'identity', { ...OPTIONS, identity: 'device' }],
  ['a wrong option of the identity', 'roleAlias', { ...OPTIONS, identity: { ...DEVICE, roleAlias: 'a/b' } }],
  [
    'a wrong window of the identity',
    'refresh.timeoutMs',
    { ...OPTIONS, identity: { ...DEVICE, refresh: { timeoutMs: 0 } } },
  ],
  ['a wrong region of the identity', 'region', { ...OPTIONS, identity: { ...DEVICE, region: 'EU' } }],
  [
    'a session whose region is none',
    'region',
    { ...OPTIONS, identity: { credentials: SESSION.credentials, region: 'EU' } },
  ],
  ['half a session', 'source', { ...OPTIONS, identity: { credentials: SESSION.credentials } }],
  ['another transport', 'transport', { ...OPTIONS, transport: 'ws' }],
  ['a certificate that a session lacks', 'transport', { ...OPTIONS, identity: SESSION, transport: 'x509' }],
  ['ALPN for a WebSocket', 'alpn', { ...OPTIONS, transport: 'websocket', alpn: true }],
  ['ALPN for a session', 'alpn', { ...OPTIONS, identity: SESSION, alpn: true }],
  ['a name that TLS cannot carry', 'alpn', { ...OPTIONS, alpn: 'a b' }],
  ['an agent for a certificate', 'agent', { ...OPTIONS, agent: { addRequest() {} } }],
  ['no agent', 'agent', { ...OPTIONS, identity: SESSION, agent: {} }],
  [
    'an agent that verifies nobody',
    'agent',
    { ...OPTIONS, identity: SESSION, agent: { addRequest() {}, options: { rejectUnauthorized: false } } },
  ],
  ['a region for a certificate', 'region', { ...OPTIONS, region: 'eu-west-1' }],
  ['a region that is none', 'region', { ...OPTIONS, identity: SESSION, region: 'EU' }],
  ['an empty authority', 'ca', { ...OPTIONS, ca: '' }],
  ['an address for a name', 'servername', { ...OPTIONS, servername: '127.0.0.1' }],
  ['a name with a port', 'servername', { ...OPTIONS, servername: 'example.com:443' }],
  ['a keep-alive that AWS does not take', 'keepAliveSeconds', { ...OPTIONS, keepAliveSeconds: 1_201 }],
  ['another version', 'protocolVersion', { ...OPTIONS, protocolVersion: '5' }],
  ['an expiry without a session', 'sessionExpirySeconds', { ...OPTIONS, sessionExpirySeconds: 60 }],
  ['one wait', 'reconnectMs', { ...OPTIONS, reconnectMs: [1_000] }],
  ['waits the wrong way round', 'reconnectMs', { ...OPTIONS, reconnectMs: [2_000, 1_000] }],
  ['no wait', 'reconnectMs', { ...OPTIONS, reconnectMs: [0, 1_000] }],
  ['a wait that is no list', 'reconnectMs', { ...OPTIONS, reconnectMs: 1_000 }],
  ['no time', 'timeoutMs', { ...OPTIONS, timeoutMs: 0 }],
  ['no listener', 'onProgress', { ...OPTIONS, onProgress: 'log' }],
  ['no signal', 'signal', { ...OPTIONS, signal: {} }],
  ['options of mqtt.js that are none', 'clientOptions', { ...OPTIONS, clientOptions: [] }],
])('connectMqtt refuses %s', async (_, option, options) => {
  const error = await connectMqtt(options as IotMqttOptions).catch((e: unknown) => e);
  expect(isBsmError(error, 'ERR_BSM_OPTION_INVALID') && error.details).toEqual({ option });
  expect(String(error)).not.toContain('AKIA');
});
