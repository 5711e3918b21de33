import type { BsmError } from '@bsm/core-cache';

/**
 * A step of connecting or reconnecting: the event `progress` of the client that `connectMqtt` returns. Holds no secret: key ids are
 * masked, errors scrubbed. `attempt` counts from 1 since the connection was lost.
 */
export type MqttProgress =
  | { readonly type: 'connecting'; readonly at: Date; readonly attempt: number }
  | {
      /** The broker refused the signature. The credentials are renewed, once, and the attempt goes on with new ones. */
      readonly type: 'credentials-rejected';
      readonly at: Date;
      readonly attempt: number;
      readonly accessKeyId: string;
    }
  | {
      readonly type: 'connected';
      readonly at: Date;
      readonly attempt: number;
      /** Whether the broker kept subscriptions and messages of an earlier connection (`cleanStart: false`). */
      readonly sessionPresent: boolean;
    }
  | {
      /** An attempt failed. `retryInMs` is undefined when there is no other one. */
      readonly type: 'failed';
      readonly at: Date;
      readonly attempt: number;
      readonly error: BsmError;
      readonly retryInMs: number | undefined;
    }
  | {
      /** A connection ended that had been made; `error` says why, where that is known. */
      readonly type: 'disconnected';
      readonly at: Date;
      readonly error: BsmError | undefined;
      readonly retryInMs: number | undefined;
    }
  | { readonly type: 'ended'; readonly at: Date };
