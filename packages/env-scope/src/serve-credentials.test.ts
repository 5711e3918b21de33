import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ask, beginRequest, keyServed, requestText, sendRaw, tokenOf } from './fixtures/ask-endpoint.js';
import { createGate } from './fixtures/gate.js';
import { literalSession } from './fixtures/literal-session.js';
import { createServedSource } from './fixtures/served-source.js';
import { serveCredentials } from './index.js';

describe('the answer', () => {
  test('is the JSON that the AWS SDKs expect, of one set of credentials', async () => {
    using source = createServedSource();
    await using server = await serveCredentials(source.session);
    const { status, headers, body } = await sendRaw(server.url, requestText(server));
    expect(status).toBe(200);
    expect(headers.split('\r\n').slice(1)).toEqual([
      'Content-Type: application/json',
      `Content-Length: ${body.length}`,
      'Cache-Control: no-store',
      'Connection: close',
      expect.stringMatching(/^Date: /),
    ]);
    expect(JSON.parse(body)).toEqual({
      AccessKeyId: 'KEY-1',
      SecretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
      Token: 'session-token-1',
      Expiration: source.session.credentials.expiration?.toISOString().replace('.000Z', 'Z'),
    });
  });

  test('says in whole seconds when they end, never later than they do', async () => {
    const end = new Date(Math.ceil(Date.now() / 1_000) * 1_000 + 3_600_999);
    using session = literalSession('AK', { sessionToken: 'token', expiration: end });
    await using server = await serveCredentials(session);
    const { json } = await ask(server);
    expect(json['Expiration']).toBe(new Date(end.getTime() - 999).toISOString().replace('.000Z', 'Z'));
  });

  test('names the account, from the credentials or from who issued them', async () => {
    using known = literalSession('AK', { accountId: '123456789012' });
    using issued = createServedSource();
    issued.behave = () => ({
      ...issued.fresh(),
      [Symbol.for('@bsm/principal')]: {
        accountId: '444455556666',
        arn: 'arn:aws:iam::444455556666:user/a',
        userId: 'U',
      },
    });
    await using server = await serveCredentials(known);
    const other = server.add(issued.session);
    await other.ready;
    expect((await ask(server)).json['AccountId']).toBe('123456789012');
    expect((await ask(other)).json['AccountId']).toBe('444455556666');
  });

  test('lets keys without an end be asked for again in an hour, by the clock of the machine', async () => {
    using session = literalSession('AK', { clock: { now: () => 0 } });
    await using server = await serveCredentials(session);
    const before = Date.now();
    const { json } = await ask(server);
    const leftMs = Date.parse(json['Expiration'] ?? '') - before;
    expect(json).toMatchObject({ AccessKeyId: 'AK', Token: '', Expiration: expect.stringMatching(/:\d\dZ$/) });
    expect(leftMs).toBeGreaterThan(3_600_000 - 1_001);
    expect(leftMs).toBeLessThan(3_600_000 + 60_000);
  });
});

describe('add', () => {
  test('gives each child a path and a token that open nothing else', async () => {
    using one = literalSession('ONE');
    using two = literalSession('TWO', { region: 'eu-west-2' });
    await using server = await serveCredentials(one, { name: 'main' });
    const added = server.add(two, { name: 'twin' });
    const again = server.add(two, { name: 'twin' });
    const all = [server, added, again];
    expect(all.map(({ url }) => new URL(url).pathname)).toEqual(['/1/main', '/2/twin', '/3/twin']);
    expect(new Set(all.map(tokenOf)).size).toBe(3);
    const table: string[] = [];
    for (const { url } of all) {
      for (const owner of all) {
        const { status, body } = await sendRaw(url, requestText(owner, { path: new URL(url).pathname }));
        table.push(status === 200 ? (JSON.parse(body) as { AccessKeyId: string }).AccessKeyId : String(status));
      }
    }
    expect(table).toEqual(['ONE', '403', '403', '403', 'TWO', '403', '403', '403', 'TWO']);
    expect(added.env['AWS_REGION']).toBe('eu-west-2');
    expect(added.childEnv({})['AWS_PROFILE']).not.toBe(again.childEnv({})['AWS_PROFILE']);
  });

  test('revoke ends one child and no other', async () => {
    using session = literalSession('AK');
    await using server = await serveCredentials(session);
    const [first, second] = [server.add(session), server.add(session)];
    first.revoke();
    first.revoke();
    expect(await Promise.all([server, first, second].map(keyServed))).toEqual(['AK', '403', 'AK']);
    expect(() => first.childEnv({})).toThrow(expect.objectContaining({ code: 'ERR_BSM_CREDENTIAL_SERVER_CLOSED' }));
    expect(second.childEnv({})).toHaveProperty('AWS_PROFILE');
  });

  test('revoke removes the token file of its child', async () => {
    using session = literalSession('AK');
    await using server = await serveCredentials(session, { tokenFile: true });
    const child = server.add(session);
    child.revoke();
    const files = [server, child].map(({ env }) => env['AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE'] ?? '');
    expect(files.map(existsSync)).toEqual([true, false]);
  });

  test('a child that is revoked while it waits is refused', async () => {
    using main = literalSession('AK');
    using source = createServedSource();
    const gate = createGate();
    source.behave = async () => {
      await gate;
      return source.fresh();
    };
    await using server = await serveCredentials(main);
    const child = server.add(source.session);
    const { answer } = await beginRequest(child, server);
    child.revoke();
    gate.open();
    expect((await answer).status).toBe(403);
    await child.ready;
  });

  test('knows the region of a session that finds it later, when ready', async () => {
    using main = literalSession('AK');
    const gate = createGate();
    const region = async (): Promise<string> => {
      await gate;
      return 'eu-south-1';
    };
    using session = literalSession('LATER', { region });
    await using server = await serveCredentials(main);
    const child = server.add(session);
    expect(child.env).not.toHaveProperty('AWS_REGION');
    gate.open();
    await child.ready;
    expect(child.env).toMatchObject({ AWS_REGION: 'eu-south-1', AWS_DEFAULT_REGION: 'eu-south-1' });
  });

  test('ready says why a session has no credentials; who does not ask is not disturbed', async () => {
    using main = literalSession('AK');
    using source = createServedSource();
    source.behave = () => Promise.reject(Object.assign(new Error('no'), { name: 'AccessDenied' }));
    await using server = await serveCredentials(main);
    const child = server.add(source.session);
    const { status, json } = await ask(child);
    expect([status, json['Code']]).toEqual([503, 'ERR_BSM_ACCESS_DENIED']);
    await expect(child.ready).rejects.toMatchObject({ code: 'ERR_BSM_ACCESS_DENIED' });
    expect(await keyServed(server)).toBe('AK');
  });

  test('takes the configuration of a client for a session', async () => {
    const config = { credentials: { accessKeyId: 'AK', secretAccessKey: 'S' }, region: 'us-west-2' };
    await using server = await serveCredentials(config);
    expect(await keyServed(server.add(config))).toBe('AK');
    expect(server.env['AWS_REGION']).toBe('us-west-2');
  });
});
