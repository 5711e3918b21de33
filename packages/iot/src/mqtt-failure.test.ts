import { isBsmError } from '@bsm/core-cache';
import { expect, it } from 'vitest';
import { mqttFailure } from './mqtt-failure.js';

const failed = (message: string, code?: unknown): Error => Object.assign(new Error(message), { code });

it.each<[string, boolean, Error, string]>([
  ['a reset before the broker answered', false, failed('read', 'ECONNRESET'), 'ERR_BSM_MQTT_REFUSED'],
  ['a pipe that broke before it', false, failed('write', 'EPIPE'), 'ERR_BSM_MQTT_REFUSED'],
  ['a reset after it', true, failed('read', 'ECONNRESET'), 'ERR_BSM_ENDPOINT_UNREACHABLE'],
  ['something else before it', false, failed('Invalid header flag bits'), 'ERR_BSM_ENDPOINT_UNREACHABLE'],
  ['what OpenSSL refuses', false, failed('too small', 'ERR_SSL_EE_KEY_TOO_SMALL'), 'ERR_BSM_ENDPOINT_UNREACHABLE'],
])('%s is an error with its cause', (_, answered, cause, code) => {
  const { message } = cause;
  expect(mqttFailure(cause, answered)).toMatchObject({ code, retryable: true, cause: { message } });
});

it('a reason of the broker says which', () => {
  const error = mqttFailure(failed('Not authorized', 135), false);
  expect(error).toMatchObject({ code: 'ERR_BSM_MQTT_REFUSED', retryable: false, details: { reasonCode: 135 } });
  expect(isBsmError(error)).toBe(true);
  expect(mqttFailure(error, true)).toBe(error);
});
