import { createDecipheriv } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { caught } from './fixtures/caught.js';
import { isSealed, openSealed, sealText } from './sealed-text.js';

const PLAIN = '{"region_name": null, "aws_access_key_id": "A"}';
const open = (text: string, key: string | undefined): Promise<string> => openSealed(text, key, 'The file');

describe('a sealed text', () => {
  it('opens with its key', async () => {
    const { text, key } = await sealText(PLAIN);
    expect(text).not.toContain('aws');
    expect(isSealed(text)).toBe(true);
    expect(isSealed(PLAIN)).toBe(false);
    expect(await open(text, key)).toBe(PLAIN);
  });

  it('is a JSON Web Encryption, as any other library reads it', async () => {
    const { text, key } = await sealText(PLAIN);
    const [header, encryptedKey, ...rest] = text.split('.');
    expect(JSON.parse(Buffer.from(header!, 'base64url').toString())).toEqual({ alg: 'dir', enc: 'A256GCM' });
    expect(encryptedKey).toBe('');
    const [iv, data, tag] = rest.map((part) => Buffer.from(part, 'base64url'));
    const decipher = createDecipheriv('aes-256-gcm', Buffer.from(key, 'base64url'), iv!).setAAD(Buffer.from(header!));
    expect(decipher.setAuthTag(tag!).update(data!).toString() + decipher.final().toString()).toBe(PLAIN);
  });

  it('has another key and another beginning each time', async () => {
    const sealed = await Promise.all(Array.from({ length: 100 }, () => sealText(PLAIN)));
    expect(new Set(sealed.map(({ key }) => key)).size).toBe(100);
    expect(new Set(sealed.map(({ text }) => text.split('.')[2])).size).toBe(100);
  });

  it('does not open when any character of it is another one, is missing or is added', async () => {
    const { text, key } = await sealText(PLAIN);
    for (let at = 0; at < text.length; at++) {
      for (const other of ['A', 'B', '', `${text[at]}A`, '.', '=', '\n']) {
        const changed = text.slice(0, at) + other + text.slice(at + 1);
        if (changed === text) continue;
        expect((await caught(() => open(changed, key))).code).toBe('ERR_BSM_SNAPSHOT_ENCRYPTED');
      }
    }
  });

  it('does not open when its parts come from two', async () => {
    const [one, two] = [await sealText(PLAIN), await sealText(PLAIN)];
    const [a, b] = [one.text.split('.'), two.text.split('.')];
    for (const place of [2, 3, 4]) {
      const mixed = a.map((part, index) => (index === place ? b[index]! : part)).join('.');
      expect((await caught(() => open(mixed, one.key))).message).toMatch(
        /not the one it was written with, or it was changed/,
      );
    }
  });

  it('does not open when the tag is cut short', async () => {
    const { text, key } = await sealText(PLAIN);
    const parts = text.split('.');
    const tag = Buffer.from(parts[4]!, 'base64url').subarray(0, 4).toString('base64url');
    const cut = [...parts.slice(0, 4), tag].join('.');
    expect((await caught(() => open(cut, key))).code).toBe('ERR_BSM_SNAPSHOT_ENCRYPTED');
  });

  it.each([
    ['no key', undefined, /there is no key; pass BSM_SNAPSHOT_KEY/],
    ['an empty key', '', /there is no key/],
    ['a key that is too short', 'AAAA', /not 32 bytes/],
    ['a key in another alphabet', `${'+'.repeat(42)}A`, /not 32 bytes/],
    ['the key of another', Buffer.alloc(32, 7).toString('base64url'), /not the one it was written with/],
  ])('does not open with %s, and never shows the key', async (_name, key, expected) => {
    const { text } = await sealText(PLAIN);
    const error = await caught(() => open(text, key));
    expect(error).toMatchObject({ code: 'ERR_BSM_SNAPSHOT_ENCRYPTED', retryable: false });
    expect(error.message).toMatch(expected);
    if (key) expect(error.message).not.toContain(key);
  });
});
