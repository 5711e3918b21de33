import type { MqttProgress } from './mqtt-progress.js';

/**
 * The client of mqtt.js that `connectMqtt` returns, as far as it is described here.
 *
 * It is that very object: `connectMqtt<import('mqtt').MqttClient>(...)` shows all of it. Described here so that the types of this package
 * compile where mqtt.js is not installed.
 */
export interface MqttClient {
  readonly connected: boolean;
  readonly reconnecting: boolean;
  /** Settles when the broker has acknowledged (QoS 1), also when the connection is lost meanwhile and comes back. */
  publishAsync(topic: string, message: string | Buffer, options?: MqttPublishOptions): Promise<unknown>;
  subscribeAsync(topics: string | string[], options?: { qos: 0 | 1 | 2 }): Promise<unknown>;
  unsubscribeAsync(topics: string | string[]): Promise<unknown>;
  /** Ends the connection after what is under way; with `true` at once, which is needed while there is no connection. */
  endAsync(force?: boolean): Promise<void>;
  on(event: 'message', listener: MqttMessageListener): this;
  on(event: 'error', listener: (error: Error) => void): this;
  on(event: 'close' | 'end' | 'offline' | 'reconnect', listener: () => void): this;
  once(event: 'message', listener: MqttMessageListener): this;
  once(event: 'error', listener: (error: Error) => void): this;
  once(event: 'close' | 'end' | 'offline' | 'reconnect', listener: () => void): this;
  off(event: 'message', listener: MqttMessageListener): this;
  off(event: 'error', listener: (error: Error) => void): this;
  off(event: 'close' | 'end' | 'offline' | 'reconnect', listener: () => void): this;
}

/** Options of {@link MqttClient.publishAsync}. */
export interface MqttPublishOptions {
  qos?: 0 | 1 | 2;
  retain?: boolean;
}

/** Receives each message. */
export type MqttMessageListener = (topic: string, payload: Buffer, packet: { qos: 0 | 1 | 2; retain: boolean }) => void;

/** What `connectMqtt` adds to the client: an event for each step of connecting and reconnecting. */
export interface MqttProgressEvents {
  on(event: 'progress', listener: (event: MqttProgress) => void): this;
  once(event: 'progress', listener: (event: MqttProgress) => void): this;
  off(event: 'progress', listener: (event: MqttProgress) => void): this;
}
