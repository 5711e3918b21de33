import {
  checkOptions,
  fromSessionLike,
  isAbortSignal,
  isBoolean,
  isInteger,
  type OptionCheck,
  type OptionChecks,
  type SessionLike,
} from '@bsm/core-cache';
import type { ServedChild } from './credential-server/served-child.js';
import { type StartedServer, startCredentialServer } from './credential-server/start-credential-server.js';

/** Options of {@link serveCredentials}. */
export interface ServeCredentialsOptions {
  /** Ends the path of the URL, so that people can tell children apart: letters, digits, `.`, `_`, `-`. Default `session`. */
  readonly name?: string | undefined;
  /**
   * Hands the tokens over in private files (mode 0600), which are replaced every 15 minutes and removed at the end, instead of in
   * the environment, which other processes of the same user can read and a process hands on to its own children. Default false.
   */
  readonly tokenFile?: boolean | undefined;
  /** How many connections may be open at once; above it the oldest one without a valid token is cut. Default 256. */
  readonly maxConnections?: number | undefined;
  /** Ends the wait for the first credentials with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** Options of {@link CredentialServer.add}. */
export interface ServeChildOptions {
  /** As in {@link ServeCredentialsOptions}. Names may repeat: each child has a path and a token of its own. */
  readonly name?: string | undefined;
}

/** How one child, or all that share its token, reaches the endpoint. */
export interface CredentialEndpoint {
  /** What a child finds in `AWS_CONTAINER_CREDENTIALS_FULL_URI`. Worth nothing without the token. */
  readonly url: string;
  /**
   * Only the variables to set. Both shared files of AWS are an empty private one, since a `[default]` profile would be preferred to
   * the endpoint: named profiles do not exist for such a child. An environment may hold what contradicts them; {@link childEnv}
   * removes that.
   */
  readonly env: Readonly<Record<string, string>>;
  /**
   * Returns the environment of a child: `base` without every variable that could contradict the endpoint, plus those to set.
   *
   * The child reads a private copy of the config file that `base` leads to, with one more profile that `AWS_PROFILE` names, so that
   * `[default]` does not count and `--profile other` still works. The copy is that of now; what a child writes to it is lost.
   *
   * @param base - Default `process.env`.
   * @throws BsmError `ERR_BSM_CREDENTIAL_SERVER_CLOSED`, `ERR_BSM_CREDENTIAL_SERVER_FAILED` when the copy cannot be written,
   * `ERR_BSM_CONFIG_INVALID` when the config file cannot be read, `ERR_BSM_OPTION_INVALID`.
   */
  readonly childEnv: (base?: NodeJS.ProcessEnv) => NodeJS.ProcessEnv;
}

/** A child with a session and a token of its own. */
export interface AddedEndpoint extends CredentialEndpoint {
  /**
   * Resolves when credentials are in hand and the region is known, and rejects with the error of the session. A session that was made
   * with a region as text has it from the start; for another one the region variables are absent until then. A child that asks
   * earlier waits for at most 900 ms, then gets 503 and tries again.
   */
  readonly ready: Promise<void>;
  /** Refuses the token from now on, also to a request under way. Idempotent. The session stays open. */
  readonly revoke: () => void;
}

/** A credential endpoint on 127.0.0.1, see {@link serveCredentials}. */
export interface CredentialServer extends CredentialEndpoint, AsyncDisposable {
  /**
   * Serves another session, or the same one to another child, under a path and a token of its own.
   *
   * @throws BsmError `ERR_BSM_CREDENTIAL_SERVER_CLOSED`, `ERR_BSM_CREDENTIAL_SERVER_FAILED`, `ERR_BSM_OPTION_INVALID`.
   */
  readonly add: (session: SessionLike, options?: ServeChildOptions) => AddedEndpoint;
  /** Stops listening, cuts what is under way, and removes the private files. Idempotent. Sessions stay open. */
  readonly close: () => Promise<void>;
}

const DEFAULT_NAME = 'session';
const DEFAULT_MAX_CONNECTIONS = 256;

const isName: OptionCheck = (value) =>
  typeof value === 'string' && /^\w[\w.-]{0,63}$/.test(value) ? undefined : '1 to 64 letters, digits, ".", "_" and "-"';

const CHILD_CHECKS: OptionChecks<ServeChildOptions> = { name: isName };
const CHECKS: OptionChecks<ServeCredentialsOptions> = {
  name: isName,
  tokenFile: isBoolean,
  maxConnections: /* @__PURE__ */ isInteger(1, 10_000),
  signal: isAbortSignal,
};

/**
 * Serves the credentials of a session to child processes for as long as this process lives: the container credentials endpoint that
 * every AWS SDK, the AWS CLI and Terraform know, on 127.0.0.1. Children renew from it and never hold credentials that ended.
 *
 * Credentials are fetched before it resolves and renewed before they end while it is open, by one refresh for all children. A request is
 * answered from memory; while nothing valid is there, and after 900 ms of waiting for a refresh, with 503, which clients retry.
 * Credentials with less than 15 minutes left are renewed first when the source gives longer ones, since boto3 and the CLI ask at
 * every call below that. Credentials that state no end are given out for an hour at a time, by the clock of the machine. A session
 * that asks a person for an MFA code asks when its credentials are about to end.
 *
 * A child needs its random token, and must ask directly: GET from 127.0.0.1, to exactly this host and port, without a body and
 * without what proxies and browsers add. Everything else is refused in one way, connections and headers are limited in number,
 * size and time, and nothing is logged. The protocol has no TLS on loopback, so what can read this process' memory or the environment of
 * its children (the same user, root) can use it too.
 *
 * It does not keep the process alive, and ends with `close()`, `await using`, or the process; a process that is killed leaves the
 * private files in the directory for temporary files. **A parent that blocks cannot answer**: `spawnSync`, `execSync` or a long
 * computation make a child wait for credentials until it gives up. Use `spawn`. There is no worker thread for it, which would have
 * to hold credentials of its own.
 *
 * @throws BsmError `ERR_BSM_OPTION_INVALID`, `ERR_BSM_CREDENTIAL_SERVER_FAILED`, and what resolving the credentials or the region
 * throws, such as `ERR_BSM_ACCESS_DENIED` or `ERR_BSM_CREDENTIALS_NOT_FOUND`; the reason of `signal` after an abort.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html
 *
 * @example
 * ```ts
 * await using server = await serveCredentials(session);
 * const build = spawn('make', ['deploy'], { stdio: 'inherit', env: server.childEnv() });
 * await once(build, 'exit');
 * ```
 */
export async function serveCredentials(
  source: SessionLike,
  options?: ServeCredentialsOptions,
): Promise<CredentialServer> {
  checkOptions<ServeCredentialsOptions>('serveCredentials', options, CHECKS);
  const session = fromSessionLike(source);
  const { name = DEFAULT_NAME, tokenFile = false, maxConnections = DEFAULT_MAX_CONNECTIONS, signal } = options ?? {};
  signal?.throwIfAborted();
  return present(await startCredentialServer(session, { name, tokenFile, maxConnections, signal }));
}

function present(server: StartedServer): CredentialServer {
  const { close } = server;
  return guardEnv(server.first, {
    add(source: SessionLike, options?: ServeChildOptions): AddedEndpoint {
      checkOptions<ServeChildOptions>('server.add', options, CHILD_CHECKS);
      const child = server.add(fromSessionLike(source), options?.name ?? DEFAULT_NAME);
      return guardEnv(child, { ready: child.ready, revoke: child.revoke });
    },
    close,
    [Symbol.asyncDispose]: close,
  });
}

/** Adds what all endpoints have. The token is in `env` only, which printing, spreading and JSON do not show. */
function guardEnv<Members extends object>(child: ServedChild, members: Members): Members & CredentialEndpoint {
  const endpoint = {
    url: child.url,
    childEnv: (base: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv => child.childEnv(base),
    ...members,
  };
  return Object.defineProperty(endpoint, 'env', { get: () => child.env }) as typeof endpoint & CredentialEndpoint;
}
