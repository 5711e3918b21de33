import { createHash } from 'node:crypto';
import { type Session, sessionTime } from '@bsm/core-cache';
import { settingsEnv, settingsOf } from '../settings-env.js';
import { withoutConflicts } from '../without-conflicts.js';
import { configWithProfile } from './config-with-profile.js';
import { credentialsAnswer, ENOUGH_MS } from './credentials-answer.js';
import { createEndpointToken } from './endpoint-token.js';
import { keepFresh } from './keep-fresh.js';
import type { Grant } from './loopback-listener.js';
import type { PrivateDirectory } from './private-directory.js';
import { serverClosed } from './server-errors.js';

/** One path of the endpoint: a session, and the secret that opens it. */
export interface ServedChild extends Grant {
  readonly url: string;
  readonly env: Record<string, string>;
  /** Resolves when credentials are in hand and the region is known. */
  readonly ready: Promise<void>;
  childEnv(base: NodeJS.ProcessEnv): NodeJS.ProcessEnv;
  opensWith(token: string): boolean;
  readonly revoke: () => void;
}

export interface ServedChildOptions {
  readonly session: Session;
  /** Never used twice by a server, so that what was revoked stays revoked. */
  readonly id: number;
  readonly url: string;
  readonly directory: PrivateDirectory;
  /** An empty file. */
  readonly emptyFile: string;
  readonly tokenFile: boolean;
  readonly onRevoke: () => void;
}

const ROTATE_MS = 15 * 60_000;

export function createServedChild(options: ServedChildOptions): ServedChild {
  const { session, id, url, directory, emptyFile, onRevoke } = options;
  const token = createEndpointToken();
  const fileName = options.tokenFile ? `token-${id}` : undefined;
  const profile = `bsm-endpoint-${createHash('sha256').update(url).digest('hex').slice(0, 12)}`;
  let settings = settingsOf(session, shownRegion(session));
  let valid = true;
  const tokenPath = fileName && directory.write(fileName, token.value);
  const stops = [keepFresh(session), fileName ? rotateToken(fileName) : () => {}];
  const ready = prepare();
  // Who does not wait for it sees the same failure as an answer to the child.
  ready.catch(() => {});

  async function prepare(): Promise<void> {
    const [known] = await Promise.all([settingsEnv(session), session.credentials({ minRemainingMs: ENOUGH_MS })]);
    settings = known;
  }

  function rotateToken(name: string): () => void {
    const time = sessionTime(session);
    let stop = time.startTimer(rotate, ROTATE_MS);
    function rotate(): void {
      try {
        token.rotate((value) => directory.write(name, value));
      } catch {
        // The file holds the token of before, which goes on being the right one.
      }
      stop = time.startTimer(rotate, ROTATE_MS);
    }
    return () => stop();
  }

  function envWith(files: Record<string, string>): Record<string, string> {
    return {
      AWS_CONTAINER_CREDENTIALS_FULL_URI: url,
      ...(tokenPath
        ? { AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: tokenPath }
        : { AWS_CONTAINER_AUTHORIZATION_TOKEN: token.value }),
      AWS_EC2_METADATA_DISABLED: 'true',
      ...settings,
      ...files,
    };
  }

  return {
    url,
    ready,
    get env() {
      return envWith({ AWS_CONFIG_FILE: emptyFile, AWS_SHARED_CREDENTIALS_FILE: emptyFile });
    },
    childEnv(base) {
      const rest = withoutConflicts('childEnv', base);
      if (!valid) throw serverClosed();
      const config = configWithProfile(rest, profile, settings['AWS_REGION']);
      // One file for all children that read the same.
      const name = `config-${createHash('sha256').update(config).digest('hex').slice(0, 16)}`;
      return { ...rest, ...envWith({ AWS_CONFIG_FILE: directory.write(name, config), AWS_PROFILE: profile }) };
    },
    opensWith: (presented) => token.matches(presented) && valid,
    isValid: () => valid,
    answer: () => credentialsAnswer(session),
    revoke() {
      if (!valid) return;
      valid = false;
      for (const stop of stops) stop();
      if (fileName) directory.removeFile(fileName);
      onRevoke();
    },
  };
}

/** The region of a session that was made with one. Others are asked, which takes a moment. */
function shownRegion(session: Session): string | undefined {
  const { toJSON } = session as { toJSON?: () => { readonly region?: unknown } };
  const region = toJSON?.().region;
  return typeof region === 'string' ? region : undefined;
}
