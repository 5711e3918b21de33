import { randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { Agent as HttpAgent } from 'node:http';
import { Agent } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { isBsmError } from '@bsm/core-cache';
import { afterAll, afterEach, beforeAll, describe, expect, it, test, vi } from 'vitest';
import { catchError } from './fixtures/catch-error.js';
import { type DeviceWorld, startDeviceWorld } from './fixtures/device-world.js';
import { fromIotCertificate } from './from-iot-certificate.js';

const OPERATION = 'AssumeRoleWithCertificate';
let world: DeviceWorld;
const closeAll: (() => unknown)[] = [];

beforeAll(async () => {
  world = await startDeviceWorld();
});
afterEach(async () => {
  for (const close of closeAll.splice(0)) await close();
});
afterAll(() => world[Symbol.asyncDispose]());

const make = (changes?: Record<string, unknown>, from: DeviceWorld = world) => {
  const credentials = fromIotCertificate(from.options(changes));
  closeAll.push(credentials.close);
  return credentials;
};
const lastRequest = () => world.aws.requests.filter(({ operation }) => operation === OPERATION).at(-1);

describe('credentials', () => {
  test('are fetched once for all who ask, when they ask', async () => {
    const before = world.aws.count(OPERATION);
    const credentials = make();
    expect(credentials.keySource).toBeUndefined();
    const all = await Promise.all(Array.from({ length: 50 }, () => credentials()));
    expect(new Set(all).size).toBe(1);
    expect(all[0]).toMatchObject({ accessKeyId: expect.stringMatching(/^ASIA/), expiration: expect.any(Date) });
    expect(world.aws.count(OPERATION) - before).toBe(1);
    expect(credentials.keySource).toBe('pem');
  });

  test('are renewed in the advisory window while nobody waits, and served while the endpoint fails', async () => {
    const credentials = make();
    const first = await credentials();
    world.aws.clock.advance(3_600_000 - 600_000);
    const stop = world.aws.fault({ kind: 'html', service: 'iot' });
    expect(await credentials()).toBe(first);
    await vi.waitFor(() => expect(lastRequest()?.status).toBe(502));
    expect(await credentials()).toBe(first);
    // Joins the one that is under way, if it has not ended.
    expect((await catchError(credentials.refresh())).error.code).toBe('ERR_BSM_SERVICE_FAILED');
    expect(await credentials()).toBe(first);
    stop();
    await credentials.refresh();
    expect((await credentials()).accessKeyId).not.toBe(first.accessKeyId);
  });

  test('carry what the options ask for', async () => {
    await make({ thingName: 'sensor-7', durationSeconds: 900 })();
    expect(lastRequest()?.params).toMatchObject({
      roleAlias: 'telemetry',
      'x-amzn-iot-thingname': 'sensor-7',
      'x-amzn-iot-credential-duration-seconds': '900',
    });
    await make()();
    expect(Object.keys(lastRequest()?.params ?? {})).toEqual(['roleAlias', 'certificateId']);
  });

  test('of an alias with every character that a name may have', async () => {
    world.endpoint.addRoleAlias({ roleAlias: 'a=b,c@d-e_F', role: world.role });
    await make({ roleAlias: 'a=b,c@d-e_F' })();
    expect(lastRequest()?.params['roleAlias']).toBe('a=b,c@d-e_F');
  });
});

describe('the connection', () => {
  test('costs one handshake for 100 refreshes', async () => {
    const before = { ...world.endpoint.handshakes };
    const credentials = make();
    for (let count = 0; count < 100; count++) await credentials.refresh();
    expect(world.endpoint.handshakes).toEqual({ full: before.full + 1, resumed: before.resumed });
  });

  test('resumes its TLS session when the endpoint has closed it', async () => {
    const credentials = make();
    await credentials();
    const before = { ...world.endpoint.handshakes };
    world.endpoint.closeIdleConnections();
    await credentials.refresh();
    expect(world.endpoint.handshakes).toEqual({ full: before.full, resumed: before.resumed + 1 });
  });

  test('that breaks when it is used again is replaced, once', async () => {
    const credentials = make();
    await credentials();
    world.aws.fault({ kind: 'reset', service: 'iot', times: 1 });
    const again = await credentials.refresh();
    expect(again.accessKeyId).toMatch(/^ASIA/);
    world.aws.fault({ kind: 'reset', service: 'iot', times: 2 });
    expect((await catchError(credentials.refresh())).error.code).toBe('ERR_BSM_ENDPOINT_UNREACHABLE');
  });

  test('that breaks when it is used again is replaced by a new one, not by another that an agent has kept', async () => {
    const agent = new Agent({ keepAlive: true });
    closeAll.push(() => agent.destroy());
    const [credentials, others] = [make({ agent }), make({ agent })];
    await Promise.all([credentials(), others()]);
    expect(Object.values(agent.freeSockets).flat()).toHaveLength(2);
    const { full } = world.endpoint.handshakes;
    world.aws.fault({ kind: 'reset', service: 'iot', times: 1 });
    expect((await credentials.refresh()).accessKeyId).toMatch(/^ASIA/);
    expect(world.endpoint.handshakes.full).toBe(full + 1);
  });

  test('has a deadline also while it waits for an agent that is busy', async () => {
    const agent = new Agent({ maxTotalSockets: 1 });
    closeAll.push(() => agent.destroy());
    const stop = world.aws.fault({ kind: 'hang', service: 'iot' });
    const hanging = catchError(make({ agent, timeoutMs: 200 })());
    const queued = catchError(make({ agent, timeoutMs: 100 })());
    expect((await queued).error.message).toMatch(/was not connected within 100 ms/);
    expect((await hanging).error.message).toMatch(/did not answer within 200 ms/);
    stop();
  });

  test('offers no protocol unless told to', async () => {
    await make()();
    expect(world.endpoint.alpnProtocol).toBe(false);
    await make({ alpnProtocols: ['x-amzn-http-ca'] })();
    expect(world.endpoint.alpnProtocol).toBe('x-amzn-http-ca');
  });

  test('ends with close, which also ends a request and what comes after it', async () => {
    const credentials = make();
    await credentials();
    world.aws.fault({ kind: 'hang', service: 'iot', times: 1 });
    const count = world.aws.count(OPERATION);
    const pending = catchError(credentials.refresh());
    await world.aws.received(OPERATION, count + 1);
    credentials.close();
    expect((await pending).error.code).toBe('ERR_BSM_SESSION_CLOSED');
    expect((await catchError(credentials())).error.code).toBe('ERR_BSM_SESSION_CLOSED');
    await vi.waitFor(() => expect(world.endpoint.connections).toBe(0));
  });

  test('is let go by a caller whose signal is aborted, and the refresh goes on for others', async () => {
    const credentials = make();
    let open = (): void => {};
    const until = new Promise<void>((resolve) => {
      open = resolve;
    });
    world.aws.fault({ kind: 'gate', service: 'iot', until, times: 1 });
    const controller = new AbortController();
    const count = world.aws.count(OPERATION);
    const left = credentials({ signal: controller.signal });
    const waiting = credentials();
    await world.aws.received(OPERATION, count + 1);
    controller.abort(new Error('no time'));
    await expect(left).rejects.toThrow('no time');
    open();
    expect((await waiting).accessKeyId).toMatch(/^ASIA/);
  });
});

describe('the name of the endpoint', () => {
  test('is that of servername, for SNI and for the certificate', async () => {
    expect((await make({ servername: world.endpoint.servername })()).accessKeyId).toMatch(/^ASIA/);
  });

  test('that its certificate does not have is refused', async () => {
    const { error } = await catchError(make({ servername: 'c9.credentials.iot.us-east-1.amazonaws.com' })());
    expect(error).toMatchObject({
      code: 'ERR_BSM_ENDPOINT_UNTRUSTED',
      details: { reason: 'ERR_TLS_CERT_ALTNAME_INVALID' },
      message: expect.stringContaining('options.servername'),
    });
  });
});

describe('verification of the endpoint', () => {
  test('stays on whatever NODE_TLS_REJECT_UNAUTHORIZED says', async () => {
    // Node warns by itself.
    vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    const before = world.aws.count(OPERATION);
    const { error } = await catchError(make({ ca: undefined })());
    expect(error).toMatchObject({ code: 'ERR_BSM_ENDPOINT_UNTRUSTED', retryable: false });
    // In the handshake: nothing was sent to whoever that is.
    expect(world.aws.count(OPERATION)).toBe(before);
    expect(error.message).toContain('options.ca');
  });

  test('stays on with an agent that turns it off when it connects', async () => {
    const agent = Object.assign(new Agent(), {
      createConnection: (options: object) => connect({ ...options, rejectUnauthorized: false }),
    });
    closeAll.push(() => agent.destroy());
    const { error } = await catchError(make({ agent, ca: undefined })());
    expect(error.code).toBe('ERR_BSM_ENDPOINT_UNTRUSTED');
  });

  test.each([false, true])('stays on with an agent that accepts every name, kept alive: %s', async (keepAlive) => {
    const agent = new Agent({ keepAlive, checkServerIdentity: () => undefined });
    closeAll.push(() => agent.destroy());
    const credentials = make({ agent, servername: 'other.example' });
    for (let attempt = 0; attempt < 2; attempt++) {
      expect((await catchError(credentials.refresh())).error.code).toBe('ERR_BSM_ENDPOINT_UNTRUSTED');
    }
  });

  test('an agent for plain HTTP is a mistake in the options', async () => {
    const { error } = await catchError(make({ agent: new HttpAgent() })());
    expect(error).toMatchObject({ code: 'ERR_BSM_OPTION_INVALID', details: { option: 'agent' } });
  });

  test('an agent of the user is used, and not ended', async () => {
    const agent = new Agent({ keepAlive: true });
    closeAll.push(() => agent.destroy());
    const credentials = make({ agent });
    await credentials();
    credentials.close();
    expect(Object.values(agent.freeSockets).flat()).toHaveLength(1);
  });
});

describe('rotation', () => {
  it.each([
    ['an agent of its own', () => undefined],
    ['an agent of the user', () => new Agent({ keepAlive: true })],
  ])('of files needs no restart, with %s', async (_, makeAgent) => {
    const [certificate, privateKey, ca] = ['c', 'k', 'a'].map((name) => join(tmpdir(), `bsm-${name}-${randomUUID()}`));
    closeAll.push(() => {
      for (const path of [certificate, privateKey, ca]) rmSync(path!);
    });
    const put = ({ certificate: text, privateKey: key }: { certificate: string; privateKey: string }) => {
      writeFileSync(certificate!, text);
      writeFileSync(privateKey!, key, { mode: 0o600 });
    };
    put(world.certificate);
    writeFileSync(ca!, world.endpoint.ca);
    const agent = makeAgent();
    closeAll.push(() => agent?.destroy());
    const credentials = make({ certificate, privateKey, ca, agent });
    await credentials();
    expect(lastRequest()?.params['certificateId']).toBe(world.certificate.certificateId);

    const next = world.endpoint.issueCertificate({ keyType: 'rsa' });
    put(next);
    await credentials.refresh();
    expect(lastRequest()?.params['certificateId']).toBe(next.certificateId);

    const before = { ...world.endpoint.handshakes };
    await credentials.refresh();
    expect(world.endpoint.handshakes).toEqual(before);
    // The connection of the old certificate is ended, but for that of an agent which is not ours to end.
    await vi.waitFor(() => expect(world.endpoint.connections).toBe(agent === undefined ? 1 : 2));
  });

  test('that is half done is an error of that refresh only', async () => {
    const certificate = join(tmpdir(), `bsm-c-${randomUUID()}`);
    closeAll.push(() => rmSync(certificate));
    writeFileSync(certificate, world.certificate.certificate);
    const credentials = make({ certificate });
    const first = await credentials();
    const next = world.endpoint.issueCertificate();
    writeFileSync(certificate, next.certificate);
    const { error } = await catchError(credentials.refresh());
    expect(error).toMatchObject({ code: 'ERR_BSM_PRIVATE_KEY_INVALID', retryable: true });
    expect(await credentials()).toBe(first);
    writeFileSync(certificate, world.certificate.certificate);
    expect((await credentials.refresh()).accessKeyId).not.toBe(first.accessKeyId);
  });
});

test('nothing is done when the credentials are made, unless they are to be eager', async () => {
  const before = world.aws.count(OPERATION);
  const eager = make({ refresh: { eager: true } });
  make();
  await world.aws.received(OPERATION, before + 1);
  await eager();
  expect(world.aws.count(OPERATION)).toBe(before + 1);
});

test('credentials print themselves masked', async () => {
  const credentials = make();
  const keys = await credentials();
  expect(JSON.stringify({ credentials, keys })).not.toContain(keys.secretAccessKey);
  expect(isBsmError(keys)).toBe(false);
});
