import type { CredentialRequest } from '../credential-request.js';
import type { CredentialTransport } from '../credential-transport.js';
import type { CredentialEndpointOptions, Pkcs11Identity } from '../iot-options.js';
import { choosePkcs11Way } from './choose-pkcs11-way.js';
import { crtTransport } from './crt-transport.js';

type Found = Promise<CredentialTransport | undefined>;

/**
 * Gives the transport of a device whose token only `aws-crt` reaches; undefined where OpenSSL does, and `node:https` with it. The way
 * is chosen once for each request object, that is for each session, and stays: a transport remembers a PIN that was refused.
 *
 * @throws BsmError `ERR_BSM_PKCS11_FAILED` when there is no way to the token, `ERR_BSM_OPTION_INVALID` for an agent beside `aws-crt`.
 */
export function tokenTransport(options: CredentialEndpointOptions & Pkcs11Identity, request: CredentialRequest): Found {
  let found = chosen.get(request);
  if (found === undefined) {
    found = choose(options, request);
    chosen.set(request, found);
    // What is missing may come.
    found.catch(() => chosen.delete(request));
  }
  return found;
}

const chosen: WeakMap<CredentialRequest, Found> = /* @__PURE__ */ new WeakMap();

async function choose(options: CredentialEndpointOptions & Pkcs11Identity, request: CredentialRequest): Found {
  return (await choosePkcs11Way(options.pkcs11)) === 'crt' ? crtTransport(options, request) : undefined;
}
