import { createHook } from 'node:async_hooks';
import { afterAll } from 'vitest';

// Kinds of resources that keep a process alive. Requests to the file system and message ports come and go by themselves.
const KINDS = [
  'FSEventWrap',
  'PipeServerWrap',
  'PipeWrap',
  'ProcessWrap',
  'SignalWrap',
  'StatWatcher',
  'TCPServerWrap',
  'TCPSocketWrap',
  'TLSWrap',
  'Timeout',
  'UDPWrap',
  'Worker',
] as const;

const SETTLE_MS = 1_000;
const PAUSE_MS = 10;

/**
 * Fails a test file after which something still keeps the process alive: a server, a socket, a timer, a child process.
 * Whatever was alive before the file (vitest's own handles) does not count, nor does anything that was `unref`'ed. With
 * `TRACE_HANDLES=1` the failure also says where each one was made.
 */
export function refuseLeaks(): void {
  const pause = setTimeout;
  const made = process.env['TRACE_HANDLES'] === '1' ? traceHandles() : new Map<number, string>();
  const before = count();
  afterAll(async () => {
    let leaks = leaksSince(before);
    for (let waited = 0; leaks.length > 0 && waited < SETTLE_MS; waited += PAUSE_MS) {
      await new Promise((resolve) => pause(resolve, PAUSE_MS));
      leaks = leaksSince(before);
    }
    if (leaks.length > 0) throw new Error(describe(leaks, made));
  });
}

function count(): Map<string, number> {
  const counts = new Map<string, number>();
  for (const kind of process.getActiveResourcesInfo()) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return counts;
}

function leaksSince(before: Map<string, number>): string[] {
  const now = count();
  return KINDS.flatMap((kind) => {
    const extra = (now.get(kind) ?? 0) - (before.get(kind) ?? 0);
    return extra > 0 ? [`${extra} x ${kind}`] : [];
  });
}

function describe(leaks: string[], made: Map<number, string>): string {
  const where =
    made.size > 0 ? [...made.values()].join('\n') : 'Run again with TRACE_HANDLES=1 to see where they were made.';
  return `Still open after the last test of this file: ${leaks.join(', ')}. Close servers, clients and timers.\n${where}`;
}

function traceHandles(): Map<number, string> {
  const made = new Map<number, string>();
  const kinds = new Set<string>([...KINDS, 'TCPSERVERWRAP', 'TCPWRAP', 'PROCESSWRAP', 'PIPEWRAP', 'UDPWRAP']);
  createHook({
    init(id, type) {
      if (kinds.has(type))
        made.set(id, `${type}\n${new Error('made here').stack?.split('\n').slice(3, 10).join('\n')}`);
    },
    destroy(id) {
      made.delete(id);
    },
  }).enable();
  return made;
}
