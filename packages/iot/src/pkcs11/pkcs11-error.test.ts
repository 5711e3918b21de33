import { describe, expect, it, test } from 'vitest';
import { explainPkcs11Error, pkcs11Error } from './pkcs11-error.js';

describe('explainPkcs11Error', () => {
  // As OpenSSL's engine, its provider and aws-crt have them.
  it.each<[object, string, boolean]>([
    [{ code: 'ERR_OSSL_PIN_INCORRECT' }, 'pin-incorrect', false],
    [{ code: 'ERR_OSSL_PIN_LOCKED' }, 'pin-incorrect', false],
    [{ code: 'ERR_OSSL_PIN_LEN_RANGE' }, 'pin-incorrect', false],
    [{ error_name: 'AWS_ERROR_PKCS11_CKR_PIN_INCORRECT' }, 'pin-incorrect', false],
    [{ code: 'ERR_OSSL_OBJECT_NOT_FOUND' }, 'key-missing', true],
    [{ error_name: 'AWS_ERROR_PKCS11_KEY_NOT_FOUND' }, 'key-missing', true],
    [{ error_name: 'AWS_ERROR_PKCS11_TOKEN_NOT_FOUND' }, 'key-missing', true],
    [{ message: 'aws-c-io: AWS_ERROR_PKCS11_TOKEN_NOT_FOUND, ...' }, 'key-missing', true],
    [{ code: 'ERR_OSSL_UNABLE_TO_LOAD_PKCS#11_MODULE' }, 'module-unusable', true],
    [{ error_name: 'AWS_IO_SHARED_LIBRARY_LOAD_FAILURE' }, 'module-unusable', true],
    [{ code: 'ERR_OSSL_X509_KEY_VALUES_MISMATCH' }, 'other', true],
    [{ code: 'ERR_CRYPTO_CUSTOM_ENGINE_NOT_SUPPORTED' }, 'way-missing', true],
    [{ message: 'error:13000074:engine routines::no such engine' }, 'way-missing', true],
    [
      { code: 'ERR_OSSL_UNSUPPORTED', message: 'error:1E08010C:DECODER routines::unsupported' },
      'provider-failed',
      false,
    ],
    [{ message: 'something else' }, 'other', true],
  ])('%o: %s', (error, reason, retryable) => {
    expect(explainPkcs11Error(Object.assign(new Error(''), error))).toMatchObject({
      code: 'ERR_BSM_PKCS11_FAILED',
      details: { reason },
      retryable,
    });
  });

  test('lets an error of ours pass', () => {
    const error = pkcs11Error('other', 'x');
    expect(explainPkcs11Error(error)).toBe(error);
  });
});
