import type { ServerResponse } from 'node:http';
import { TLSSocket } from 'node:tls';
import type { FaultOf, FaultRule } from '../faults/fault-rule.js';
import { findFault } from '../faults/faults.js';
import type { Answer } from '../protocol/answer.js';

const FLOOD_BYTES = 100_000_000;

/**
 * Sends an answer, with the faults that hold it or lose it on the way. Tells whether its status left at all: not when the
 * client or the server went away before.
 */
export async function deliver(
  response: ServerResponse,
  answer: Answer,
  faults: readonly FaultRule[],
): Promise<boolean> {
  const left = new Promise<'left'>((resolve) => response.once('close', () => resolve('left')));
  for (const fault of faults) {
    if ((await Promise.race([hold(fault, response), left])) === 'left') return false;
  }
  const reset = findFault(faults, 'reset');
  if (reset !== undefined && reset.when !== 'body') {
    breakConnection(response);
    return false;
  }
  const flood = findFault(faults, 'flood');
  const floodBytes = flood === undefined ? 0 : (flood.bytes ?? FLOOD_BYTES);
  writeHead(response, answer, faults, floodBytes);
  const trickle = findFault(faults, 'trickle');
  if (reset !== undefined) resetInBody(response, answer.body);
  else if (trickle !== undefined) await trickleBody(response, answer.body, trickle);
  else if (floodBytes > 0) await floodBody(response, answer.body, floodBytes);
  else response.end(answer.body);
  return true;
}

async function hold(fault: FaultRule, response: ServerResponse): Promise<void> {
  if (fault.kind === 'hang') await new Promise(() => {});
  if (fault.kind === 'gate') await Promise.resolve(fault.until).catch(() => {});
  if (fault.kind === 'delay') await pause(response, fault.ms);
}

function writeHead(response: ServerResponse, answer: Answer, faults: readonly FaultRule[], extraBytes: number): void {
  const now = Date.now() + (findFault(faults, 'skew')?.ms ?? 0);
  response.writeHead(answer.status, {
    ...answer.headers,
    date: new Date(now).toUTCString(),
    'content-length': Buffer.byteLength(answer.body) + extraBytes,
  });
}

function resetInBody(response: ServerResponse, body: string): void {
  response.write(body.slice(0, Math.ceil(body.length / 2)), () => breakConnection(response));
}

/** Resets the connection; one with TLS can only be closed without its farewell. */
function breakConnection({ socket }: ServerResponse): void {
  if (socket instanceof TLSSocket) socket.destroy();
  else socket?.resetAndDestroy();
}

/** Goes on with spaces, which change the meaning of neither XML nor JSON. */
async function floodBody(response: ServerResponse, body: string, bytes: number): Promise<void> {
  const spaces = Buffer.alloc(65_536, ' ');
  response.write(body);
  const gone = new Promise<void>((resolve) => response.once('close', resolve));
  for (let left = bytes; left > 0 && !response.destroyed; left -= spaces.length) {
    if (response.write(spaces.subarray(0, left))) continue;
    await Promise.race([new Promise<void>((resolve) => response.once('drain', resolve)), gone]);
  }
  if (!response.destroyed) response.end();
}

async function trickleBody(response: ServerResponse, body: string, fault: FaultOf<'trickle'>): Promise<void> {
  const bytes = Buffer.from(body);
  const size = fault.bytes ?? 1;
  for (let start = 0; start < bytes.length && !response.destroyed; start += size) {
    response.write(bytes.subarray(start, start + size));
    await pause(response, fault.everyMs ?? 200);
  }
  if (!response.destroyed) response.end();
}

/** Waits, or until the connection is gone, which must leave no timer behind. */
const pause = (response: ServerResponse, ms: number): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      response.off('close', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    response.once('close', done);
  });
