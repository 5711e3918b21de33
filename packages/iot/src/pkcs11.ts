/** @module @bsm/iot/pkcs11 */
export type { EndpointAnswer } from './https-get.js';
export { createTokenKeyLoader, type LoadTokenKey, type TokenContext } from './pkcs11/create-token-key-loader.js';
export { tokenTransport } from './pkcs11/token-transport.js';
