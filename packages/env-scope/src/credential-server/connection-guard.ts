import type { Socket } from 'node:net';

/** Limits how many connections are open, and how long one may stay silent. */
export interface ConnectionGuard {
  /** Counts a new connection; to make room, the oldest one without a valid token is cut. */
  admit(socket: Socket): void;
  /** Takes note that a connection sent its request: it is not late any more. */
  hear(socket: Socket): void;
  /** Takes note that a connection sent a valid token: it is not cut to make room. */
  trust(socket: Socket): void;
  cutAll(): void;
}

export interface ConnectionGuardOptions {
  readonly maxConnections: number;
  /** How many more may be accepted at once, before any of them can be read. */
  readonly burst: number;
  /** For all headers together, however slowly they come. */
  readonly headersMs: number;
  readonly onLate: (socket: Socket) => void;
}

/**
 * Makes the guard of one server.
 *
 * A limit that refuses new connections would let whoever fills it lock out the children; so the oldest stranger goes. Connections
 * that arrive together are accepted before any of them is read: who has sent its request already is heard before one is cut.
 */
export function createConnectionGuard(options: ConnectionGuardOptions): ConnectionGuard {
  const { maxConnections, burst, headersMs, onLate } = options;
  // In order of arrival.
  const strangers = new Set<Socket>();
  const trusted = new Set<Socket>();
  const deadlines = new Map<Socket, NodeJS.Timeout>();
  let trimming = false;

  function forget(socket: Socket): void {
    strangers.delete(socket);
    trusted.delete(socket);
    hear(socket);
  }

  function hear(socket: Socket): void {
    clearTimeout(deadlines.get(socket));
    deadlines.delete(socket);
  }

  function cut(socket: Socket): void {
    forget(socket);
    // Frees the descriptor and what the system holds for it at once.
    socket.resetAndDestroy();
  }

  function trim(limit: number): void {
    for (const socket of strangers) {
      if (strangers.size + trusted.size <= limit) return;
      cut(socket);
    }
  }

  function trimSoon(): void {
    if (trimming || strangers.size + trusted.size <= maxConnections) return;
    trimming = true;
    // The first turn reads what was accepted in this one.
    setImmediate(() =>
      setImmediate(() => {
        trimming = false;
        trim(maxConnections);
      }).unref(),
    ).unref();
  }

  return {
    admit(socket) {
      // Children with a token in all places: they are served, and the next one tries again.
      if (trusted.size >= maxConnections) return void socket.resetAndDestroy();
      socket.unref();
      strangers.add(socket);
      // A process that was busy finds late timers before it finds what has long arrived.
      const deadline = setTimeout(() => setImmediate(() => deadlines.has(socket) && onLate(socket)).unref(), headersMs);
      deadlines.set(socket, deadline.unref());
      socket.once('close', () => forget(socket));
      trim(maxConnections + burst);
      trimSoon();
    },
    hear,
    trust(socket) {
      if (strangers.delete(socket)) trusted.add(socket);
    },
    cutAll() {
      for (const socket of [...strangers, ...trusted]) cut(socket);
    },
  };
}
