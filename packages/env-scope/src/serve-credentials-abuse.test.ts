import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { METHODS } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type StartedServer, startCredentialServer } from './credential-server/start-credential-server.js';
import { connectTo, keyServed, readAnswer, requestText, sendRaw, tokenOf } from './fixtures/ask-endpoint.js';
import { literalSession } from './fixtures/literal-session.js';
import { type CredentialServer, serveCredentials } from './index.js';

// `BSM_TEST_CONNECTIONS=10000` for as many as the limit of open files allows.
const CONNECTIONS = Number(process.env['BSM_TEST_CONNECTIONS'] ?? 2_000);
const REFUSAL = [
  'HTTP/1.1 403 Forbidden',
  'Content-Type: application/json',
  'Content-Length: 59',
  'Cache-Control: no-store',
  'Connection: close',
  '',
  '{"Code":"AccessDenied","Message":"The request is refused."}',
].join('\r\n');

const session = literalSession('AK');
let server: CredentialServer;
let port: string;

beforeEach(async () => {
  server = await serveCredentials(session);
  ({ port } = new URL(server.url));
});

/** Whatever was tried: who has the token is served as before. */
afterEach(async () => {
  const served = await keyServed(server);
  await server.close();
  expect(served).toBe('AK');
});

const flip = (text: string): string => (text.startsWith('A') ? 'B' : 'A') + text.slice(1);

describe('the one refusal, byte for byte', () => {
  test.each<[string, (token: string) => { token?: string | undefined; lines?: string[] }]>([
    ['missing', () => ({ token: undefined })],
    ['empty', () => ({ token: '' })],
    ['wrong by one character', (token) => ({ token: flip(token) })],
    ['truncated', (token) => ({ token: token.slice(0, -1) })],
    ['of one character', (token) => ({ token: token.slice(0, 1) })],
    ['longer', (token) => ({ token: `${token}A` })],
    ['doubled', (token) => ({ token: token + token })],
    ['repeated in one header', (token) => ({ token: `${token}, ${token}` })],
    ['repeated in two headers', (token) => ({ lines: [`Authorization: ${token}`] })],
    ['after a wrong one', (token) => ({ token: 'A', lines: [`authorization: ${token}`] })],
    ['before a wrong one', () => ({ lines: ['AUTHORIZATION: A'] })],
    ['of another scheme', (token) => ({ token: `Bearer ${token}` })],
    [
      'in another case',
      (token) => ({ token: token.toLowerCase() === token ? token.toUpperCase() : token.toLowerCase() }),
    ],
    ['in another header', (token) => ({ token: undefined, lines: [`X-Authorization: ${token}`] })],
    ['in a cookie', (token) => ({ token: undefined, lines: [`Cookie: Authorization=${token}`] })],
    ['of 7,000 characters', () => ({ token: 'A'.repeat(7_000) })],
    ['of other bytes', () => ({ token: '\xff\xfe' })],
  ])('for a token that is %s', async (_, change) => {
    const { text } = await sendRaw(server.url, requestText(server, change(tokenOf(server))));
    expect(text).toBe(REFUSAL);
  });

  test.each([
    ['absent', undefined],
    ['empty', ''],
    ['localhost', 'localhost:PORT'],
    ['without the port', '127.0.0.1'],
    ['with another port', '127.0.0.1:1'],
    ['a name that leads here', 'rebound.example:PORT'],
    ['another loopback address', '127.0.0.2:PORT'],
    ['with a dot', '127.0.0.1.:PORT'],
    ['with zeros', '127.000.000.001:PORT'],
    ['IPv6', '[::1]:PORT'],
    ['mapped', '[::ffff:127.0.0.1]:PORT'],
    ['with a user', 'x@127.0.0.1:PORT'],
    ['a list', '127.0.0.1:PORT, 127.0.0.1:PORT'],
    ['there twice', '127.0.0.1:PORT\r\nHost: 127.0.0.1:PORT'],
    ['there twice, once wrong', '127.0.0.1:PORT\r\nhost: rebound.example'],
  ])('for a Host that is %s', async (_, host) => {
    const { text } = await sendRaw(server.url, requestText(server, { host: host?.replaceAll('PORT', port) }));
    expect(text).toBe(REFUSAL);
  });

  test.each([
    'Origin: http://127.0.0.1',
    'Origin: null',
    'Referer: http://127.0.0.1/',
    'Sec-Fetch-Site: same-origin',
    'Sec-Fetch-Mode: navigate',
    'sec-ch-ua: "x"',
    'X-Forwarded-For: 127.0.0.1',
    'X-FORWARDED-HOST: 127.0.0.1',
    'X-Forwarded-Anything:',
    'Forwarded: for=127.0.0.1',
    'Via: 1.1 proxy',
    'X-Real-IP: 127.0.0.1',
    'Cookie: a=b',
    'Access-Control-Request-Method: GET',
    'Upgrade: websocket\r\nConnection: upgrade',
    'Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings',
    'Expect: 100-continue',
    'Expect: anything',
    'Content-Length: 2\r\n\r\n{}',
    'Content-Length: 104857600',
    'Content-Length: 0\r\nContent-Length: 5',
    'Transfer-Encoding: chunked\r\n\r\n0',
    'Proxy-Connection: keep-alive',
    'Proxy-Authorization: x',
  ])('for a request with %j', async (line) => {
    const { text } = await sendRaw(server.url, requestText(server, { lines: [line] }));
    expect(text).toBe(REFUSAL);
  });

  test('for a refused header behind as many others as fit', async () => {
    const lines = [...Array.from({ length: 1_800 }, () => 'a:'), 'Origin: x'];
    const { text } = await sendRaw(server.url, requestText(server, { lines }));
    expect(text).toBe(REFUSAL);
    const without = await sendRaw(server.url, requestText(server, { lines: lines.slice(0, -1) }));
    expect(without.status).toBe(200);
  });

  test.each(METHODS.filter((method) => method !== 'GET'))('for the method %s', async (method) => {
    const { text } = await sendRaw(server.url, requestText(server, { method }));
    expect(text).toBe(method === 'HEAD' ? REFUSAL.slice(0, REFUSAL.indexOf('{')) : REFUSAL);
  });

  test.each([
    '/',
    '/1/session/',
    '/1/session?',
    '/1/session?role=x',
    '//1/session',
    '/1/./session',
    '/1/session/../session',
    '/1/sessio%6e',
    '/2/session',
    '/0/session',
    '/__proto__',
    '/latest/meta-data/iam/security-credentials/',
    'http://127.0.0.1/1/session',
    '*',
  ])('for the path %s, whoever asks', async (path) => {
    for (const token of [tokenOf(server), 'wrong']) {
      const { text } = await sendRaw(server.url, requestText(server, { path, token }));
      expect(text).toBe(REFUSAL);
    }
  });

  test.each([
    ['another protocol', 'EHLO example\r\n\r\n'],
    ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
    ['an unknown method', 'STEAL /1/session HTTP/1.1\r\n\r\n'],
    ['a header without end', `GET / HTTP/1.1\r\nA: ${'x'.repeat(10_000)}`],
    ['a path without end', `GET /${'x'.repeat(10_000)}`],
    ['too many headers', `GET / HTTP/1.1\r\n${'a: b\r\n'.repeat(2_000)}\r\n`],
    ['a header that is none', 'GET / HTTP/1.1\r\n: x\r\n\r\n'],
    ['zeros', '\0\0\0\0\0\0\0\0'],
  ])('for what is no request: %s', async (_, text) => {
    expect((await sendRaw(server.url, text)).text).toBe(REFUSAL);
  });

  test('for a request that comes from another loopback address', async () => {
    const { text } = await sendRaw(server.url, requestText(server), '127.0.0.2');
    // macOS has no such address.
    expect(text).toBe(process.platform === 'darwin' ? '' : REFUSAL);
  });

  test('also to who asks and ends its side at once', async () => {
    const socket = connectTo(server.url);
    socket.end(requestText(server, { token: 'wrong' }));
    expect((await readAnswer(socket)).text).toBe(REFUSAL);
  });
});

describe('beyond a request', () => {
  test('nobody listens on another address of this machine', async () => {
    const request = requestText(server);
    expect((await sendRaw(`http://127.0.0.2:${port}`, request, '127.0.0.2')).text).toBe('');
    const ipv6 = connectTo(`http://localhost:${port}`.replace('localhost', '[::1]'), '::1');
    expect((await readAnswer(ipv6)).text).toBe('');
  });

  test('a connection serves one request, whatever follows it', async () => {
    const good = requestText(server);
    const bad = requestText(server, { token: 'wrong' });
    const answers = [good + good, good + bad, bad + good].map((text) => sendRaw(server.url, text));
    const [twice, goodFirst, badFirst] = await Promise.all(answers);
    expect([twice?.status, goodFirst?.status, badFirst?.text]).toEqual([200, 200, REFUSAL]);
    for (const answer of [twice, goodFirst]) expect(answer?.text.match(/HTTP\/1\.1/g)).toHaveLength(1);
  });

  test('HTTP/1.0 is no other world', async () => {
    const old = (token: string): string => requestText(server, { token }).replace('HTTP/1.1', 'HTTP/1.0');
    expect((await sendRaw(server.url, old('wrong'))).text).toBe(REFUSAL);
    expect((await sendRaw(server.url, old(tokenOf(server)))).status).toBe(200);
  });

  test.each([
    ['with a length', 'Content-Length: 104857600'],
    ['in chunks', 'Transfer-Encoding: chunked'],
  ])('100 MB are refused without being read: %s', async (_, header) => {
    const socket = connectTo(server.url);
    const answer = readAnswer(socket);
    socket.write(requestText(server, { method: 'PUT', lines: [header] }));
    const chunk = Buffer.concat([Buffer.from('100000\r\n'), Buffer.alloc(1_048_576), Buffer.from('\r\n')]);
    const before = process.memoryUsage().rss;
    let sent = 0;
    while (sent < 100 && !socket.destroyed) {
      if (!socket.write(chunk)) await Promise.race([once(socket, 'drain').catch(() => answer), answer]);
      sent++;
    }
    expect((await answer).text).toBe(REFUSAL);
    // What the system's own buffers hold.
    expect(sent).toBeLessThan(50);
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1_048_576);
  });
});

describe('slow and many', () => {
  let slow: StartedServer;

  afterEach(async () => {
    await slow?.close();
  });

  const start = async (options: { maxConnections: number; headersMs?: number }): Promise<StartedServer['first']> => {
    slow = await startCredentialServer(session, { name: 'slow', tokenFile: false, signal: undefined, ...options });
    return slow.first;
  };

  test('headers that come too slowly are refused as all else, and so is silence', async () => {
    const first = await start({ maxConnections: 10, headersMs: 100 });
    const silent = connectTo(first.url);
    const dripping = connectTo(first.url);
    const text = requestText(first);
    let at = 0;
    const drip = setInterval(() => dripping.write(text[at++ % text.length] ?? ''), 10);
    const answers = await Promise.all([silent, dripping].map(readAnswer));
    clearInterval(drip);
    expect(answers.map((answer) => answer.text)).toEqual([REFUSAL, REFUSAL]);
    expect(at).toBeLessThan(text.length);
    expect(await keyServed(first)).toBe('AK');
  });

  test('at the limit the oldest connection without a token goes, not the newest, and none with a token', async () => {
    let served = (): void => {};
    const waiting = new Promise<void>((resolve) => {
      served = resolve;
    });
    const first = await start({ maxConnections: 4 });
    const ended: string[] = [];
    const idle = (name: string) => {
      const socket = connectTo(first.url);
      socket.once('close', () => ended.push(name));
      return once(socket, 'connect').then(() => socket);
    };
    const sockets = [await idle('1st'), await idle('2nd'), await idle('3rd'), await idle('4th')];
    expect(await keyServed(first)).toBe('AK');
    expect(ended).toEqual(['1st']);
    const fifth = await idle('5th');
    const sixth = await idle('6th');
    sixth.once('close', served);
    expect(await keyServed(first)).toBe('AK');
    expect(new Set(ended)).toEqual(new Set(['1st', '2nd', '3rd']));
    for (const socket of [...sockets, fifth, sixth]) socket.destroy();
    await waiting;
  });

  test(`${CONNECTIONS} connections that stay leave the good client alone, and the memory too`, async () => {
    const before = process.memoryUsage();
    const flood = spawn(process.execPath, ['-e', FLOOD], {
      env: { PATH: process.env['PATH'], PORT: port, CONNECTIONS: String(CONNECTIONS) },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    let report = '';
    flood.stdout.on('data', (chunk) => {
      report += String(chunk);
    });
    const served: string[] = [];
    while (!report.includes('\n') && flood.exitCode === null) served.push(await keyServed(server));
    const { open, answers, errors } = JSON.parse(report) as { open: number; answers: string[]; errors: string[] };
    const after = process.memoryUsage();
    flood.stdin.end();
    await once(flood, 'close');
    expect(served.filter((key) => key !== 'AK')).toEqual([]);
    expect(served.length).toBeGreaterThan(0);
    // All were taken, and cut to make room; those that were left are refused when they are late.
    expect(open).toBeLessThanOrEqual(256);
    expect(errors.filter((code) => !['ECONNRESET', 'EPIPE'].includes(code))).toEqual([]);
    expect(answers.filter((answer) => answer !== REFUSAL)).toEqual([]);
    expect(after.rss - before.rss).toBeLessThan(128 * 1_048_576);
  }, 60_000);
});

// Opens connections as fast as they are taken, keeps them, and says how many the other side still holds.
const FLOOD = `
  const { connect } = require('node:net');
  const wanted = Number(process.env.CONNECTIONS);
  let started = 0, taken = 0, closed = 0;
  const answers = new Set();
  const errors = new Set();
  const next = () => {
    if (started === wanted) return;
    started++;
    let known = false;
    const know = () => {
      if (known) return;
      known = true;
      taken++;
      next();
    };
    const socket = connect({ host: '127.0.0.1', port: Number(process.env.PORT) }, () => {
      if (started % 2) socket.write('GET / HTTP/1.1\\r\\n');
      know();
    });
    socket.on('data', (data) => answers.add(String(data)));
    socket.on('error', ({ code }) => errors.add(code));
    socket.on('close', () => {
      closed++;
      know();
    });
  };
  for (let i = 0; i < 500; i++) next();
  const timer = setInterval(() => {
    if (taken < wanted || wanted - closed > 256) return;
    clearInterval(timer);
    process.stdout.write(JSON.stringify({ open: wanted - closed, answers: [...answers], errors: [...errors] }) + '\\n');
  }, 10);
  process.stdin.resume().on('end', () => process.exit());
`;
