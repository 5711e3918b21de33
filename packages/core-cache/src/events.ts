import type { BsmError } from './errors.js';

/** Why a refresh was started. */
export type RefreshReason =
  | 'initial'
  | 'advisory'
  | 'mandatory'
  | 'expired'
  | 'invalidated'
  | 'forced'
  | 'remaining'
  | 'eager';

/** A decision of a session's refresh engine, or a fault of its use. Holds no secret: key ids are masked, errors scrubbed. */
export type SessionEvent =
  | {
      readonly type: 'refresh.start';
      readonly at: Date;
      readonly reason: RefreshReason;
      readonly accessKeyId: string | undefined;
    }
  | {
      readonly type: 'refresh.success';
      readonly at: Date;
      readonly reason: RefreshReason;
      readonly durationMs: number;
      readonly accessKeyId: string;
      readonly expiration: Date | undefined;
    }
  | {
      readonly type: 'refresh.failure';
      readonly at: Date;
      readonly reason: RefreshReason;
      readonly durationMs: number;
      readonly error: BsmError;
      /** Whether the error is raised at once and for a few seconds, since retrying cannot help. */
      readonly terminal: boolean;
    }
  | { readonly type: 'refresh.backoff'; readonly at: Date; readonly delayMs: number }
  | {
      /** Once per failed refresh: callers go on with the credentials in hand. */
      readonly type: 'refresh.stale-served';
      readonly at: Date;
      readonly accessKeyId: string;
      /** Negative when the credentials have ended; Infinity when they state no expiration. */
      readonly remainingMs: number;
    }
  | { readonly type: 'refresh.invalidated'; readonly at: Date; readonly accessKeyId: string }
  | {
      /** Once per class and session: it holds 100 clients of the class. A new object in each configuration makes a new client. */
      readonly type: 'cache.growth';
      readonly at: Date;
      /** The name of the class, as `S3Client`. */
      readonly clientName: string;
      readonly size: number;
    };

/** Receives each {@link SessionEvent}. What it throws is ignored, and so is a promise that rejects. */
export type SessionListener = (event: SessionEvent) => void;

/** Hands events to listeners and to the `node:diagnostics_channel` named `bsm:session`. */
export interface EventEmitter {
  emit(event: SessionEvent): void;
  subscribe(listener: SessionListener): () => void;
}

export function createEventEmitter(): EventEmitter {
  const listeners = new Set<{ call: SessionListener }>();
  return {
    emit(event) {
      for (const listener of Array.from(listeners)) quietly(() => listener.call(event));
      quietly(() => publish(event));
    },
    subscribe(listener) {
      // A wrapper per subscription, so that one function may listen twice.
      const entry = { call: listener };
      listeners.add(entry);
      return () => {
        listeners.delete(entry);
      };
    },
  };
}

function publish(event: SessionEvent): void {
  const channel = globalThis.process?.getBuiltinModule?.('node:diagnostics_channel')?.channel('bsm:session');
  if (channel?.hasSubscribers) channel.publish(event);
}

/** A listener must not decide whether a request gets its credentials, nor end the process by a promise that rejects. */
function quietly(action: () => unknown): void {
  try {
    const result = action() as { then?: unknown } | undefined;
    if (typeof result?.then === 'function') Promise.resolve(result).catch(() => {});
  } catch {
    // See above.
  }
}
