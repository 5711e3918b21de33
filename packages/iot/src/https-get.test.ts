import { Agent, type AgentOptions } from 'node:https';
import { connect } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { catchError } from './fixtures/catch-error.js';
import { startDeviceWorld } from './fixtures/device-world.js';
import { rawAnswer, startRawEndpoint } from './fixtures/raw-endpoint.js';
import { fromIotCertificate } from './from-iot-certificate.js';

const OPERATION = 'AssumeRoleWithCertificate';

/** An agent that keeps connections whoever they are for, as some do that were written for one server. */
class CarelessAgent extends Agent {
  override getName(): string {
    return 'all the same';
  }
}

describe('sessions that share an agent', () => {
  it('each have their own certificate', async () => {
    await using world = await startDeviceWorld();
    const agent = new Agent({ keepAlive: true });
    const one = world.endpoint.issueCertificate();
    const other = world.endpoint.issueCertificate();
    for (const { certificate, privateKey, certificateId } of [one, other, one]) {
      using credentials = fromIotCertificate(world.options({ agent, certificate, privateKey }));
      await credentials();
      expect(world.aws.requests.at(-1)?.params['certificateId']).toBe(certificateId);
    }
    agent.destroy();
  });

  it('each have their own authorities', async () => {
    await using world = await startDeviceWorld();
    await using stranger = await startDeviceWorld();
    const agent = new Agent({ keepAlive: true });
    using trusting = fromIotCertificate(world.options({ agent }));
    using distrustful = fromIotCertificate(world.options({ agent, ca: stranger.endpoint.ca }));
    await trusting();
    expect((await catchError(distrustful())).error.code).toBe('ERR_BSM_ENDPOINT_UNTRUSTED');
    agent.destroy();
  });
});

describe('a connection that was kept', () => {
  it('and that has died silently is given up for a new one', async () => {
    await using world = await startDeviceWorld();
    using credentials = fromIotCertificate(world.options({ timeoutMs: 600 }));
    await credentials();
    world.aws.fault({ kind: 'hang', service: 'iot', times: 1 });
    expect((await credentials.refresh()).accessKeyId).toMatch(/^ASIA/);
    expect(world.aws.count(OPERATION)).toBe(3);
    const { full } = world.endpoint.handshakes;
    await credentials.refresh();
    expect(world.endpoint.handshakes.full).toBe(full);
  });

  it('is given up once, within one deadline', async () => {
    await using world = await startDeviceWorld();
    using credentials = fromIotCertificate(world.options({ timeoutMs: 300 }));
    await credentials();
    world.aws.fault({ kind: 'hang', service: 'iot' });
    const { error } = await catchError(credentials.refresh());
    expect(error.message).toContain('did not answer within 300 ms');
    expect(world.aws.count(OPERATION)).toBe(3);
  });

  it('is not followed by each other one that an agent kept', async () => {
    await using world = await startDeviceWorld();
    const agent = new CarelessAgent({ keepAlive: true });
    const all = Array.from({ length: 5 }, () => fromIotCertificate(world.options({ agent })));
    await Promise.all(all.map((credentials) => credentials()));
    expect(Object.values(agent.freeSockets).flat()).toHaveLength(5);
    world.aws.fault({ kind: 'reset', service: 'iot' });
    expect((await catchError(all[0]!.refresh())).error.code).toBe('ERR_BSM_ENDPOINT_UNREACHABLE');
    expect(world.aws.count(OPERATION)).toBe(7);
    for (const { close } of all) close();
    agent.destroy();
  });
});

describe('the name of the endpoint is looked for', () => {
  it.each(['TLSv1.2', 'TLSv1.3'] as const)(
    'also where an agent resumes sessions of its own, %s',
    async (maxVersion) => {
      await using world = await startDeviceWorld();
      let session: Buffer | undefined;
      const accepting: AgentOptions = { maxVersion, checkServerIdentity: () => undefined };
      const agent = Object.assign(new Agent(), {
        createConnection: (options: object) =>
          connect({ ...options, ...accepting, ...(session && { session }) }).on('session', (made) => {
            session = made;
          }),
      });
      using credentials = fromIotCertificate(world.options({ agent, servername: 'other.example' }));
      const untrusted = async (from: typeof credentials) =>
        expect((await catchError(from.refresh())).error.code).toBe('ERR_BSM_ENDPOINT_UNTRUSTED');
      for (let count = 0; count < 3; count++) await untrusted(credentials);
      expect(world.endpoint.handshakes.resumed).toBeGreaterThan(0);
      const having = new Agent({ ...accepting, session });
      using others = fromIotCertificate(world.options({ agent: having, servername: 'other.example' }));
      await untrusted(others);
    },
  );
});

describe('an endpoint that does not keep to HTTP', () => {
  it('may send a second answer, which nobody reads', async () => {
    await using endpoint = await startRawEndpoint((socket) => socket.write(rawAnswer() + rawAnswer('ASIAJUNK')));
    const agent = new Agent({ keepAlive: true });
    for (const changes of [{}, { agent }]) {
      using credentials = fromIotCertificate(endpoint.options(changes));
      for (let count = 0; count < 2; count++) {
        expect((await credentials.refresh()).accessKeyId).toBe('ASIAIOSFODNN7EXAMPLE');
      }
    }
    agent.destroy();
  });

  it.each([
    ['another protocol', 'SSH-2.0-OpenSSH\r\n'],
    ['endless headers', `HTTP/1.1 200 OK\r\nX: ${'a'.repeat(100_000)}\r\n\r\n`],
    ['an upgrade', 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n'],
  ])('with %s is no credential endpoint', async (_, bytes) => {
    await using endpoint = await startRawEndpoint((socket) => socket.write(bytes));
    using credentials = fromIotCertificate(endpoint.options());
    const { error } = await catchError(credentials());
    expect(error).toMatchObject({
      code: 'ERR_BSM_RESPONSE_INVALID',
      retryable: true,
      message: expect.stringMatching(/not HTTP|credential endpoint/),
    });
    expect(endpoint.requests).toBe(1);
  });
});
