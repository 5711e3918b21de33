import { expect, it } from 'vitest';
import { catchError } from './fixtures/catch-error.js';
import { startConnectProxy } from './fixtures/connect-proxy.js';
import { startDeviceWorld } from './fixtures/device-world.js';
import { fromIotCertificate } from './from-iot-certificate.js';

it('credentials come through a proxy, over one connection that the agent keeps', async () => {
  await using world = await startDeviceWorld();
  await using proxy = await startConnectProxy();
  const agent = proxy.createAgent({ keepAlive: true });
  using credentials = fromIotCertificate(world.options({ agent }));
  for (let count = 0; count < 3; count++) await credentials.refresh();
  expect(world.aws.count('AssumeRoleWithCertificate')).toBe(3);
  expect(proxy.log).toEqual([`${world.endpoint.endpoint} 200`]);
  expect(world.endpoint.handshakes).toEqual({ full: 1, resumed: 0 });
  agent.destroy();
});

it.each([[403], [407], [502], ['hang up']] as const)(
  'a proxy that answers %s is an error of the way',
  async (answer) => {
    await using world = await startDeviceWorld();
    await using proxy = await startConnectProxy();
    proxy.answer = answer;
    using credentials = fromIotCertificate(world.options({ agent: proxy.createAgent() }));
    const { error } = await catchError(credentials());
    expect(error).toMatchObject({
      code: 'ERR_BSM_ENDPOINT_UNREACHABLE',
      retryable: true,
      message: expect.stringContaining('proxy'),
    });
    expect(world.aws.count('AssumeRoleWithCertificate')).toBe(0);
    expect(world.endpoint.handshakes).toEqual({ full: 0, resumed: 0 });
  },
);

it.each([403, 407, 502])('a refusal %i that the agent hands on is no answer of the endpoint', async (answer) => {
  await using world = await startDeviceWorld();
  await using proxy = await startConnectProxy();
  proxy.answer = answer;
  using credentials = fromIotCertificate(world.options({ agent: proxy.createAgent({ replays: true }) }));
  const { error } = await catchError(credentials());
  expect(error).toMatchObject({
    code: 'ERR_BSM_ENDPOINT_UNREACHABLE',
    retryable: true,
    message: expect.stringContaining(`proxy answered HTTP ${answer}`),
    details: { statusCode: answer },
  });
});

it('a proxy does not make anybody trust another endpoint', async () => {
  await using world = await startDeviceWorld();
  await using proxy = await startConnectProxy();
  for (const changes of [{ ca: undefined }, { servername: 'other.example.com' }]) {
    using credentials = fromIotCertificate(world.options({ agent: proxy.createAgent(), ...changes }));
    expect((await catchError(credentials())).error.code).toBe('ERR_BSM_ENDPOINT_UNTRUSTED');
  }
  expect(proxy.log).toHaveLength(2);
  expect(world.aws.count('AssumeRoleWithCertificate')).toBe(0);
});
