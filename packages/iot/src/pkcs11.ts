/** @module @bsm/iot/pkcs11 */
export { createTokenKeyLoader, type LoadTokenKey, type TokenContext } from './pkcs11/create-token-key-loader.js';
export { tokenTransport } from './pkcs11/token-transport.js';
