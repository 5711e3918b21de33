import { BsmError, type Session } from '@bsm/core-cache';
import { ENOUGH_MS } from './credentials-answer.js';
import { createEndpointToken } from './endpoint-token.js';
import { listenOnLoopback } from './loopback-listener.js';
import { createPrivateDirectory } from './private-directory.js';
import { createServedChild, type ServedChild } from './served-child.js';
import { serverClosed } from './server-errors.js';

/** The endpoint before it is dressed for users. */
export interface StartedServer {
  readonly first: ServedChild;
  readonly size: number;
  add(session: Session, name: string): ServedChild;
  readonly close: () => Promise<void>;
}

export interface StartOptions {
  readonly name: string;
  readonly tokenFile: boolean;
  readonly maxConnections: number;
  readonly headersMs?: number | undefined;
  readonly signal: AbortSignal | undefined;
}

/** Opens the endpoint for one session, whose credentials are fetched before. What fails leaves nothing behind. */
export async function startCredentialServer(session: Session, options: StartOptions): Promise<StartedServer> {
  const { name, tokenFile, maxConnections, headersMs, signal } = options;
  await fetchCredentials(session, signal);
  const children = new Map<string, ServedChild>();
  const decoy = createEndpointToken();
  const directory = createPrivateDirectory();
  let ids = 0;
  let closing: Promise<void> | undefined;

  /** Compares a token also where there is no such path. */
  function find(path: string, token: string): ServedChild | undefined {
    const child = children.get(path);
    return (child?.opensWith(token) ?? decoy.matches(token)) ? child : undefined;
  }

  async function open(): Promise<StartedServer> {
    const emptyFile = directory.write('empty', '');
    const listener = await listenOnLoopback({ find, maxConnections, headersMs });

    function add(added: Session, label: string): ServedChild {
      if (closing) throw serverClosed();
      const id = ++ids;
      const path = `/${id}/${label}`;
      const child = createServedChild({
        session: added,
        id,
        url: `http://${listener.host}${path}`,
        directory,
        emptyFile,
        tokenFile,
        onRevoke: () => children.delete(path),
      });
      children.set(path, child);
      return child;
    }

    function close(): Promise<void> {
      closing ??= listener.close();
      for (const child of children.values()) child.revoke();
      directory.remove();
      return closing;
    }

    try {
      const first = add(session, name);
      await first.ready;
      signal?.throwIfAborted();
      return {
        first,
        get size() {
          return children.size;
        },
        add,
        close,
      };
    } catch (error) {
      await close();
      throw error;
    }
  }

  return open().catch((error: unknown) => {
    directory.remove();
    throw error;
  });
}

async function fetchCredentials(session: Session, signal: AbortSignal | undefined): Promise<void> {
  await session.credentials({ minRemainingMs: ENOUGH_MS, signal });
  // Those that a session is allowed to serve beyond their end are nothing for a child.
  if (session.isExpired()) {
    throw new BsmError(
      'ERR_BSM_CREDENTIALS_EXPIRED',
      'The credentials of the session have ended and cannot be renewed.',
      {
        retryable: true,
      },
    );
  }
}
