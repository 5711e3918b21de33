import { describe, expect, it, test } from 'vitest';
import { pkcs11Uri, pkcs11UriPem } from './pkcs11-uri.js';

describe('pkcs11Uri', () => {
  it('encodes every byte of a label, so that none is syntax', () => {
    const uri = pkcs11Uri({ token: 'a;?&ä', object: 'k /', pinSource: '/proc/self/fd/7' });
    expect(uri).toBe('pkcs11:token=%61%3b%3f%26%c3%a4;object=%6b%20%2f;type=private?pin-source=file:/proc/self/fd/7');
  });

  it('names the slot where there is no label', () => {
    expect(pkcs11Uri({ slotId: 5, object: 'k', pinSource: '/p' })).toBe(
      'pkcs11:slot-id=5;object=%6b;type=private?pin-source=file:/p',
    );
  });
});

test.each([10, 90, 200, 300])('pkcs11UriPem wraps a URI of %s characters as DER in PEM', (length) => {
  const uri = 'u'.repeat(length);
  const pem = pkcs11UriPem(uri);
  const [, body = ''] = /^-----BEGIN PKCS#11 PROVIDER URI-----\n([\s\S]+)\n-----END/.exec(pem) ?? [];
  expect(Math.max(...body.split('\n').map((line) => line.length))).toBeLessThanOrEqual(64);
  const der = Buffer.from(body, 'base64');
  expect(der[0]).toBe(0x30);
  const sizeBytes = der[1]! < 0x80 ? 0 : der[1]! & 0x7f;
  const stated = sizeBytes === 0 ? der[1]! : der.readUIntBE(2, sizeBytes);
  expect(stated).toBe(der.length - 2 - sizeBytes);
  expect(der.toString('latin1')).toContain('PKCS#11 Provider URI v1.0');
  expect(der.subarray(-length).toString()).toBe(uri);
});
