import { BsmError } from '@bsm/core-cache';

/** The first part of what is sealed, always the same: RFC 7516 in the words `{"alg":"dir","enc":"A256GCM"}`. */
const HEADER = 'eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0';
const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** A text that only the holder of the key can read, and the key as a text. */
export interface SealedText {
  readonly text: string;
  readonly key: string;
}

/**
 * Encrypts a text with a key that is made for it and never used again: AES-256-GCM, as a JSON Web Encryption in its compact form,
 * whose header is authenticated along with it. Any library for JWE (`alg` "dir") opens it, also in Python.
 */
export async function sealText(plain: string): Promise<SealedText> {
  const { createCipheriv, randomBytes } = await import('node:crypto');
  const [key, iv] = [randomBytes(KEY_BYTES), randomBytes(IV_BYTES)];
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(HEADER));
  const parts = [iv, Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]), cipher.getAuthTag()];
  const [ivText, cipherText, tagText] = parts.map((part) => part.toString('base64url'));
  return { text: `${HEADER}..${ivText}.${cipherText}.${tagText}`, key: key.toString('base64url') };
}

/** Tells whether a text looks like a sealed one: no JSON begins like that. */
export function isSealed(text: string): boolean {
  return text.startsWith('eyJ');
}

/**
 * Decrypts a sealed text.
 *
 * @throws BsmError `ERR_BSM_SNAPSHOT_ENCRYPTED` without a key, with a wrong one, and when anything in the text was changed: it
 * cannot be told which.
 */
export async function openSealed(text: string, key: string | undefined, origin: string): Promise<string> {
  if (!key)
    throw encrypted(origin, 'there is no key; pass BSM_SNAPSHOT_KEY on to this process, or give it as option "key"');
  const secret = decode(key, KEY_BYTES);
  if (!secret) throw encrypted(origin, 'the key is not 32 bytes in base64url');
  const [header, none, ivText = '', cipherText = '', tagText = '', ...more] = text.split('.');
  const [iv, data, tag] = [decode(ivText, IV_BYTES), decode(cipherText), decode(tagText)];
  if (header !== HEADER || none !== '' || more.length > 0 || !iv || !data || !tag) throw notOpened(origin);
  const { createDecipheriv } = await import('node:crypto');
  try {
    const decipher = createDecipheriv('aes-256-gcm', secret, iv, { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(HEADER)).setAuthTag(tag);
    return Buffer.concat([decipher.update(data), decipher.final()]).toString('utf8');
  } catch {
    throw notOpened(origin);
  }
}

/** Decodes base64url that is written in the one canonical way, and of the given length. */
function decode(text: string, bytes?: number): Buffer | undefined {
  const decoded = Buffer.from(text, 'base64url');
  const canonical = decoded.toString('base64url') === text;
  return canonical && (bytes === undefined || decoded.length === bytes) ? decoded : undefined;
}

function notOpened(origin: string): BsmError {
  return encrypted(origin, 'the key is not the one it was written with, or it was changed');
}

function encrypted(origin: string, problem: string): BsmError {
  return new BsmError('ERR_BSM_SNAPSHOT_ENCRYPTED', `${origin} is encrypted and cannot be opened: ${problem}.`);
}
