import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { beginRequest, keyServed, sendRaw, tokenOf } from './fixtures/ask-endpoint.js';
import { createGate, settle } from './fixtures/gate.js';
import { literalSession } from './fixtures/literal-session.js';
import { createServedSource } from './fixtures/served-source.js';
import { useTemporaryDirectory } from './fixtures/temporary-directory.js';
import { type CredentialServer, serveCredentials } from './index.js';

const temporary = useTemporaryDirectory();

describe('its life', () => {
  const refused = async (server: CredentialServer): Promise<void> => {
    expect((await sendRaw(server.url, 'GET / HTTP/1.1\r\n\r\n')).text).toBe('');
  };

  test('close ends it with its files, children and timers, and not the session', async () => {
    using source = createServedSource();
    const server = await serveCredentials(source.session, { tokenFile: true });
    const child = server.add(source.session);
    await child.ready;
    const config = server.childEnv({ HOME: temporary.path })['AWS_CONFIG_FILE'] ?? '';
    expect(existsSync(config)).toBe(true);
    await Promise.all([server.close(), server.close()]);
    await settle();
    expect(await temporary.files()).toEqual([]);
    expect(source.clock.pendingTimers).toBe(0);
    await refused(server);
    child.revoke();
    await server.close();
    for (const late of [() => server.add(source.session), () => server.childEnv({}), () => child.childEnv({})]) {
      expect(late).toThrow(expect.objectContaining({ code: 'ERR_BSM_CREDENTIAL_SERVER_CLOSED' }));
    }
    expect((await source.session.credentials()).accessKeyId).toBe('KEY-1');
  });

  test('close cuts a request under way', async () => {
    using main = literalSession('AK');
    using source = createServedSource();
    const gate = createGate();
    source.behave = async () => {
      await gate;
      return source.fresh();
    };
    const server = await serveCredentials(main);
    const child = server.add(source.session);
    const { answer } = await beginRequest(child, server);
    await server.close();
    expect((await answer).text).toBe('');
    gate.open();
    await child.ready;
  });

  test('ends with its scope', async () => {
    using session = literalSession('AK');
    let url = '';
    {
      await using server = await serveCredentials(session);
      url = server.url;
      expect(await keyServed(server)).toBe('AK');
    }
    expect((await sendRaw(url, 'GET / HTTP/1.1\r\n\r\n')).text).toBe('');
    expect(await temporary.files()).toEqual([]);
  });

  test('the private files are for this user only, whatever the umask', async () => {
    using session = literalSession('AK');
    const before = process.umask(0o777);
    try {
      await using server = await serveCredentials(session, { tokenFile: true });
      const { AWS_CONFIG_FILE: config = '' } = server.childEnv({ HOME: temporary.path });
      const { AWS_CONFIG_FILE: empty = '', AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: token = '' } = server.env;
      const mode = (path: string): string => (statSync(path).mode & 0o777).toString(8);
      expect([config, empty, token].map(mode)).toEqual(['600', '600', '600']);
      expect(mode(dirname(config))).toBe('700');
    } finally {
      process.umask(before);
    }
  });

  test('twenty at once warn of nothing and leave no listener', async () => {
    using session = literalSession('AK');
    const before = process.listenerCount('exit');
    const servers = await Promise.all(Array.from({ length: 20 }, () => serveCredentials(session)));
    expect(process.listenerCount('exit')).toBe(before + 1);
    expect(new Set(servers.map(({ url }) => url)).size).toBe(20);
    await Promise.all(servers.map(({ close }) => close()));
    expect(process.listenerCount('exit')).toBe(before);
  });

  test('no printing shows a token', async () => {
    using session = literalSession('AK');
    await using server = await serveCredentials(session);
    const child = server.add(session);
    for (const endpoint of [server, child]) {
      const shown = [
        JSON.stringify(endpoint),
        JSON.stringify({ ...endpoint }),
        inspect(endpoint, { depth: null, getters: true }),
      ].join('\n');
      expect(shown).toContain(endpoint.url);
      expect(shown).not.toContain(tokenOf(endpoint));
    }
  });
});
