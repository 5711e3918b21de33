/** Where a private key is, in the terms of RFC 7512. */
export interface KeyLocation {
  readonly token?: string | undefined;
  readonly slotId?: number | undefined;
  readonly object: string;
  /** Path of a file with the PIN. */
  readonly pinSource: string;
}

/** Writes the URI of a private key. Every byte of a label is percent-encoded, so that none can be taken for syntax. */
export function pkcs11Uri({ token, slotId, object, pinSource }: KeyLocation): string {
  const place = token === undefined ? `slot-id=${slotId}` : `token=${encodeBytes(token)}`;
  return `pkcs11:${place};object=${encodeBytes(object)};type=private?pin-source=file:${pinSource}`;
}

function encodeBytes(text: string): string {
  return Buffer.from(text).toString('hex').replace(/../g, '%$&');
}

/** Wraps the URI of a key as the PEM text that OpenSSL's PKCS#11 provider takes for the key itself. */
export function pkcs11UriPem(uri: string): string {
  const label = derString(VISIBLE_STRING, 'PKCS#11 Provider URI v1.0');
  const der = derElement(SEQUENCE, Buffer.concat([label, derString(UTF8_STRING, uri)]));
  const lines = der.toString('base64').replace(/.{64}/g, '$&\n').trim();
  return `-----BEGIN PKCS#11 PROVIDER URI-----\n${lines}\n-----END PKCS#11 PROVIDER URI-----\n`;
}

const SEQUENCE = 0x30;
const UTF8_STRING = 0x0c;
const VISIBLE_STRING = 0x1a;

function derString(tag: number, text: string): Buffer {
  return derElement(tag, Buffer.from(text));
}

function derElement(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}
