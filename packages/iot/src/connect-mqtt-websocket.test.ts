import { X509Certificate } from 'node:crypto';
import { createSession, isBsmError } from '@bsm/core-cache';
import { describe, expect, it } from 'vitest';
import { connectMqtt } from './connect-mqtt.js';
import { type MqttBroker, startMqttBroker } from './fixtures/mqtt-broker.js';
import { byWebSocket, HOUR_MS, type SignedWorld, startSignedWorld, step } from './fixtures/mqtt-devices.js';
import type { MqttProgress } from './mqtt-progress.js';

const upgrades = (broker: MqttBroker): string[] => broker.log.filter((line) => !line.startsWith('CONNECT'));

const key = (number: number): string => `ASIA${String(number).padStart(9, '0')}EXAMPLE`;

/** Makes the broker refuse a key as a revoked one, though it has not ended. */
function revoke(broker: MqttBroker, accessKeyId: string): void {
  broker.keys.set(accessKeyId, { secretAccessKey: 'another' });
}

describe.each([4, 5] as const)('a signed WebSocket with MQTT of protocol version %i', (protocolVersion) => {
  it('publishes, and comes back signed with new credentials after the old ones ended; nothing is lost', async () => {
    await using broker = await startMqttBroker();
    using world = startSignedWorld(broker);
    const client = await connectMqtt(byWebSocket(broker, world.session, { protocolVersion }));
    await client.publishAsync('t', 'before', { qos: 1 });

    world.clock.advance(HOUR_MS + 1);
    broker.acknowledges = false;
    const unacknowledged = client.publishAsync('t', 'meanwhile', { qos: 1 });
    while (broker.received.length < 2) await new Promise((resolve) => setImmediate(resolve));
    broker.acknowledges = true;
    const back = step(client, 'connected');
    broker.drop();
    const offline = client.publishAsync('t', 'offline', { qos: 1 });
    await Promise.all([back, unacknowledged, offline]);

    expect(upgrades(broker)).toEqual([`101 ${key(1)}`, `101 ${key(2)}`]);
    expect(broker.received.slice(2).sort()).toEqual(['meanwhile', 'offline']);
    expect(world.issued).toHaveLength(2);
    await client.endAsync();
  });
});

describe('a refused signature', () => {
  it('has the credentials renewed, once, and the connection is made', async () => {
    await using broker = await startMqttBroker();
    using world = startSignedWorld(broker);
    await world.session.credentials();
    revoke(broker, key(1));
    const events: MqttProgress[] = [];
    const client = await connectMqtt(byWebSocket(broker, world.session, { onProgress: (event) => events.push(event) }));
    expect(upgrades(broker)).toEqual([`403 ${key(1)} signature`, `101 ${key(2)}`]);
    expect(events).toMatchObject([
      { type: 'connecting', attempt: 1 },
      { type: 'credentials-rejected', attempt: 1, accessKeyId: 'ASIA***MPLE' },
      { type: 'connected', attempt: 1, sessionPresent: false },
    ]);
    await client.endAsync();
  });

  it('rejects when the new ones are refused too', async () => {
    await using broker = await startMqttBroker();
    using world = startSignedWorld(broker);
    broker.upgradeStatus = 403;
    const error = await connectMqtt(byWebSocket(broker, world.session)).catch((e: unknown) => e);
    expect(error).toMatchObject({ code: 'ERR_BSM_CREDENTIALS_REJECTED', details: { statusCode: 403 } });
    expect(String(error)).toContain('Cannot connect to the MQTT broker');
    expect(upgrades(broker)).toEqual([`403 ${key(1)}`, `403 ${key(2)}`]);
  });

  it('rejects for credentials that have no source', async () => {
    await using broker = await startMqttBroker();
    const credentials = { accessKeyId: key(9), secretAccessKey: 'unknown to the broker' };
    using session = createSession({ region: 'eu-west-1', credentials });
    await expect(connectMqtt(byWebSocket(broker, session))).rejects.toMatchObject({
      code: 'ERR_BSM_CREDENTIALS_REJECTED',
    });
    expect(upgrades(broker)).toEqual([`403 ${key(9)} unknown key`]);
  });

  it('does not renew again and again while a device tries to come back, and is renewed again after a success', async () => {
    await using broker = await startMqttBroker();
    using world = startSignedWorld(broker);
    const client = await connectMqtt(byWebSocket(broker, world.session));
    const errors: unknown[] = [];
    client.on('error', (error) => errors.push(error));
    broker.upgradeStatus = 403;
    broker.drop();
    while (errors.length < 4) await step(client, 'failed');
    expect(errors.every((error) => isBsmError(error, 'ERR_BSM_CREDENTIALS_REJECTED'))).toBe(true);
    expect(world.issued).toHaveLength(2);

    broker.upgradeStatus = undefined;
    await step(client, 'connected');
    revoke(broker, key(2));
    broker.drop();
    await step(client, 'connected');
    expect(world.issued).toHaveLength(3);
    expect(upgrades(broker).slice(-2)).toEqual([`403 ${key(2)} signature`, `101 ${key(3)}`]);
    await client.endAsync();
  });
});

describe('credentials that have ended', () => {
  it('sign nothing, whatever the session serves', async () => {
    await using broker = await startMqttBroker();
    using world = startSignedWorld(broker);
    let fails = false;
    const { credentials: source } = world.session;
    using session = createSession({
      region: 'eu-west-1',
      clock: world.clock,
      refresh: { serveExpired: 'while-refresh-fails' },
      credentials: async () => {
        if (fails) throw new Error('the source is down');
        return source();
      },
    });
    const client = await connectMqtt(byWebSocket(broker, session));
    fails = true;
    world.clock.advance(HOUR_MS + 1);
    broker.drop();
    const { error } = await step(client, 'failed');
    expect(error.code).toBe('ERR_BSM_CREDENTIALS_EXPIRED');
    expect(upgrades(broker)).toEqual([`101 ${key(1)}`]);
    fails = false;
    world.clock.advance(600_000);
    await step(client, 'connected');
    expect(upgrades(broker)).toEqual([`101 ${key(1)}`, `101 ${key(2)}`]);
    await client.endAsync();
  });

  it('are the reason when no others can be had', async () => {
    await using broker = await startMqttBroker();
    using session = createSession({
      region: 'eu-west-1',
      credentials: { accessKeyId: key(1), secretAccessKey: 's', expiration: new Date(0) },
    });
    const failing = connectMqtt(byWebSocket(broker, session));
    await expect(failing).rejects.toMatchObject({ code: 'ERR_BSM_CREDENTIALS_EXPIRED' });
    expect(broker.log).toEqual([]);
  });
});

describe('an answer that is none', () => {
  it.each([
    [401, 'ERR_BSM_CREDENTIALS_REJECTED', false],
    [404, 'ERR_BSM_REQUEST_REJECTED', false],
    [429, 'ERR_BSM_THROTTLED', true],
    [502, 'ERR_BSM_SERVICE_FAILED', true],
  ])('of HTTP %i is %s', async (status, code, retryable) => {
    await using broker = await startMqttBroker();
    using world = startSignedWorld(broker);
    broker.upgradeStatus = status;
    const error = await connectMqtt(byWebSocket(broker, world.session)).catch((e: unknown) => e);
    expect(error).toMatchObject({ code, retryable, details: { statusCode: status } });
    for (const { secretAccessKey, sessionToken } of world.issued) {
      expect(JSON.stringify(error) + String((error as Error).stack)).not.toContain(secretAccessKey);
      expect(JSON.stringify(error) + String((error as Error).stack)).not.toContain(encodeURIComponent(sessionToken!));
    }
  });

  it('of a broker with another certificate is not trusted', async () => {
    await using broker = await startMqttBroker();
    using world = startSignedWorld(broker);
    const failing = connectMqtt(byWebSocket(broker, world.session, { ca: undefined }));
    await expect(failing).rejects.toMatchObject({ code: 'ERR_BSM_ENDPOINT_UNTRUSTED' });
  });

  it('of authorities that are none names the option; DER counts as PEM', async () => {
    await using broker = await startMqttBroker();
    using world = startSignedWorld(broker);
    const der = new X509Certificate(broker.authority.ca).raw;
    await (await connectMqtt(byWebSocket(broker, world.session, { ca: der }))).endAsync();
    const failing = connectMqtt(byWebSocket(broker, world.session, { ca: Buffer.from('junk') }));
    await expect(failing).rejects.toMatchObject({
      code: 'ERR_BSM_CERTIFICATE_INVALID',
      message: expect.stringContaining('"ca"'),
    });
  });

  it('of the source of the credentials passes as it is', async () => {
    await using broker = await startMqttBroker();
    using session = createSession({
      region: 'eu-west-1',
      credentials: async () => {
        throw Object.assign(new Error('no'), { name: 'AccessDenied', $metadata: { httpStatusCode: 403 } });
      },
    });
    await expect(connectMqtt(byWebSocket(broker, session))).rejects.toMatchObject({ code: 'ERR_BSM_ACCESS_DENIED' });
  });
});

describe('the end', () => {
  async function connected(broker: MqttBroker, world: SignedWorld) {
    const types: string[] = [];
    const client = await connectMqtt(
      byWebSocket(broker, world.session, { onProgress: ({ type }) => types.push(type) }),
    );
    return { client, types };
  }

  it('comes by itself at the first reconnect after the session was closed', async () => {
    await using broker = await startMqttBroker();
    using world = startSignedWorld(broker);
    const { client, types } = await connected(broker, world);
    world.session.close();
    const ended = step(client, 'ended');
    broker.drop();
    await ended;
    expect(types.slice(2)).toEqual(['disconnected', 'connecting', 'failed', 'ended']);
  });

  it('leaves no connection and no later attempt, also while there is none', async () => {
    await using broker = await startMqttBroker();
    using world = startSignedWorld(broker);
    const { client, types } = await connected(broker, world);
    broker.upgradeStatus = 503;
    broker.drop();
    await step(client, 'failed');
    await client.endAsync(true);
    expect(types.at(-1)).toBe('ended');
    const asked = broker.log.length;
    await new Promise((resolve) => setImmediate(resolve));
    expect(broker.log).toHaveLength(asked);
  });

  it('does not depend on who listens', async () => {
    await using broker = await startMqttBroker();
    using world = startSignedWorld(broker);
    const broken = (): void => {
      throw new Error('a listener');
    };
    const client = await connectMqtt(byWebSocket(broker, world.session, { onProgress: broken }));
    client.on('progress', broken);
    const back = new Promise<void>((resolve) => client.on('progress', ({ type }) => type === 'connected' && resolve()));
    broker.drop();
    await Promise.race([back, client.publishAsync('t', 'x', { qos: 1 })]);
    await client.endAsync();
    expect(broker.received).toEqual(['x']);
  });
});
