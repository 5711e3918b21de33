import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { catchError } from './fixtures/catch-error.js';
import { type DeviceWorld, startDeviceWorld } from './fixtures/device-world.js';
import { type IotSession, iotSession } from './iot-session.js';

let world: DeviceWorld;
beforeAll(async () => {
  world = await startDeviceWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const make = (changes: Record<string, unknown> = {}): IotSession => {
  const clientDefaults = { endpoint: world.aws.endpoint };
  return iotSession(world.options({ region: 'eu-west-1', clientDefaults, ...changes }));
};

test('makes clients, whose credentials are those of the certificate', async () => {
  using session = make();
  const { Arn } = await session.client(STSClient).send(new GetCallerIdentityCommand({}));
  expect(Arn).toBe(world.role.sessionArn(world.certificate.certificateId));
  expect(session.keySource).toBe('pem');
  expect(session.client(STSClient)).toBe(session.client(STSClient));
});

test('renews its credentials when a service has rejected them', async () => {
  using session = make();
  const first = await session.credentials();
  session.credentials.invalidate(first.accessKeyId);
  expect((await session.credentials()).accessKeyId).not.toBe(first.accessKeyId);
});

describe('the region', () => {
  test('is the one given', async () => {
    using session = make({ region: async () => 'eu-west-3' });
    expect(await session.region()).toBe('eu-west-3');
  });

  test("is else the one in AWS's name of the endpoint, in every partition", async () => {
    using session = make({ region: undefined, endpoint: 'c1.credentials.iot.cn-north-1.amazonaws.com.cn' });
    expect(await session.region()).toBe('cn-north-1');
  });

  test('is else that of the environment, and never a guess', async () => {
    using session = make({ region: undefined });
    expect((await catchError(session.region())).error.code).toBe('ERR_BSM_REGION_UNRESOLVED');
  });
});

test('an endpoint that fails is an event', async () => {
  using session = make();
  const events: string[] = [];
  session.subscribe(({ type }) => events.push(type));
  world.aws.fault({ kind: 'html', service: 'iot', times: 1 });
  await catchError(session.credentials());
  expect(events).toEqual(['refresh.start', 'refresh.failure']);
});

test('close ends its connection to the endpoint and everything that came from it', async () => {
  const session = make();
  await session.credentials();
  const other = session.withRegion('eu-west-2');
  session.close();
  session.close();
  expect((await catchError(other.credentials())).error.code).toBe('ERR_BSM_SESSION_CLOSED');
  await vi.waitFor(() => expect(world.endpoint.connections).toBe(0));
});

test.each(['x509', 'websocket'] as const)('mqtt over %s is refused when it is closed', async (transport) => {
  const session = make();
  session.close();
  const connecting = session.mqtt({ endpoint: '127.0.0.1:1', clientId: 'sensor-7', transport });
  expect((await catchError(connecting)).error.code).toBe('ERR_BSM_SESSION_CLOSED');
});

test('mqtt checks its options as connectMqtt does, and needs no identity', async () => {
  using session = make();
  const { error } = await catchError(session.mqtt({} as never));
  expect(error).toMatchObject({ code: 'ERR_BSM_OPTION_INVALID', message: expect.stringContaining('connectMqtt') });
});
