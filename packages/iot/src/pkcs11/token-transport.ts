import type { CredentialRequest } from '../credential-request.js';
import type { CredentialTransport } from '../credential-transport.js';
import type { IotOptions, Pkcs11Identity } from '../iot-options.js';
import { choosePkcs11Way } from './choose-pkcs11-way.js';
import { crtTransport } from './crt-transport.js';

/**
 * Makes the transport of a device whose token only `aws-crt` reaches; undefined where OpenSSL does, and `node:https` with it.
 *
 * @throws BsmError `ERR_BSM_PKCS11_FAILED` when there is no way to the token, `ERR_BSM_OPTION_INVALID` for an agent beside `aws-crt`.
 */
export async function tokenTransport(
  options: IotOptions & Pkcs11Identity,
  request: CredentialRequest,
): Promise<CredentialTransport | undefined> {
  return (await choosePkcs11Way(options.pkcs11)) === 'crt' ? crtTransport(options, request) : undefined;
}
