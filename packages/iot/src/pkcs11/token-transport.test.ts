import { Agent } from 'node:https';
import { expect, it } from 'vitest';
import { credentialRequest } from '../credential-request.js';
import { catchError } from '../fixtures/catch-error.js';
import type { Pkcs11Way } from './pkcs11-options.js';
import { tokenTransport } from './token-transport.js';

const device = (via: Pkcs11Way) => ({
  endpoint: 'c1.credentials.iot.eu-west-1.amazonaws.com',
  roleAlias: 'telemetry',
  certificate: 'device.pem',
  pkcs11: { module: '/p11.so', tokenLabel: 't', keyLabel: 'k', pin: '1', via },
});

it('is one for each session, since it remembers a PIN that was refused', async () => {
  const options = device('crt');
  const request = credentialRequest(options);
  const transport = await tokenTransport(options, request);
  expect(transport).toBeDefined();
  expect(await tokenTransport(options, request)).toBe(transport);
  expect(await tokenTransport(options, credentialRequest(options))).not.toBe(transport);
});

it('is not needed where OpenSSL reaches the token', async () => {
  const options = device('engine');
  expect(await tokenTransport(options, credentialRequest(options))).toBeUndefined();
});

it('is looked for again after a failure', async () => {
  const options = device('crt');
  const request = credentialRequest(options);
  const { error } = await catchError(tokenTransport({ ...options, agent: new Agent() }, request));
  expect(error).toMatchObject({ code: 'ERR_BSM_OPTION_INVALID', details: { option: 'agent' } });
  expect(await tokenTransport(options, request)).toBeDefined();
});
