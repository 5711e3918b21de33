import dgram from 'node:dgram';
import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import { createViolations, type Violations } from './violations.ts';

/** Fails a test that opens a socket to anything but loopback, or asks DNS for such a host. */
export function refuseRemoteSockets(): void {
  const violations = createViolations('A test must not talk to anything beyond loopback:');
  refuseConnections(violations);
  refuseDatagrams(violations);
  refuseLookups(violations);
  syncBuiltinESMExports();
}

function refuseConnections(violations: Violations): void {
  const connect = net.Socket.prototype.connect as (...args: unknown[]) => net.Socket;
  net.Socket.prototype.connect = function (this: net.Socket, ...args: unknown[]): net.Socket {
    const host = hostOf(args);
    if (host === undefined || isLoopback(host)) return connect.apply(this, args);
    const error = refuse(violations, host);
    process.nextTick(() => this.destroy(error));
    return this;
  };
}

function refuseDatagrams(violations: Violations): void {
  const send = dgram.Socket.prototype.send as (...args: unknown[]) => void;
  dgram.Socket.prototype.send = function (this: dgram.Socket, ...args: unknown[]): void {
    const host = args.slice(1).find((arg) => typeof arg === 'string');
    if (host !== undefined && !isLoopback(host)) throw refuse(violations, host);
    send.apply(this, args);
  };
}

function refuseLookups(violations: Violations): void {
  const lookup = dns.lookup as (...args: unknown[]) => void;
  const guarded = (host: string, ...rest: unknown[]): void => {
    if (isLoopback(host)) {
      lookup(host, ...rest);
      return;
    }
    const error = refuse(violations, host);
    const callback = rest.at(-1) as (error: Error) => void;
    process.nextTick(callback, error);
  };
  dns.lookup = guarded as typeof dns.lookup;
  const lookupPromise = dns.promises.lookup as (...args: unknown[]) => Promise<unknown>;
  const guardedPromise = async (host: string, ...rest: unknown[]): Promise<unknown> => {
    if (!isLoopback(host)) throw refuse(violations, host);
    return lookupPromise(host, ...rest);
  };
  dns.promises.lookup = guardedPromise as typeof dns.promises.lookup;
}

function refuse(violations: Violations, host: string): Error {
  violations.add(`connection to ${host}`);
  return Object.assign(new Error(`Refused by the test setup: "${host}" is not loopback`), { code: 'ECONNREFUSED' });
}

/** The host that `socket.connect(...)` was asked for; undefined for a local (unix) socket. */
function hostOf(args: unknown[]): string | undefined {
  // net.connect() and tls.connect() hand over one array: [options, callback].
  const [first, second] = Array.isArray(args[0]) ? (args[0] as unknown[]) : args;
  if (typeof first === 'object' && first !== null) {
    const { host, path } = first as { host?: string; path?: string };
    return typeof path === 'string' && host === undefined ? undefined : (host ?? 'localhost');
  }
  if (typeof first === 'string' && Number.isNaN(Number(first))) return undefined;
  return typeof second === 'string' ? second : 'localhost';
}

/** Tells whether a host name or address can only mean this machine. */
function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[(.*)\]$/, '$1').toLowerCase();
  return bare === 'localhost' || bare === '::1' || /^(::ffff:)?127(\.\d{1,3}){3}$/.test(bare);
}
