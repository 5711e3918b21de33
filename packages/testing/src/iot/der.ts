/** ASN.1 in its distinguished encoding, as far as certificates need it. */
export type Der = Buffer;

/** One element: tag, length, content. */
export function derElement(tag: number, ...content: readonly Uint8Array[]): Der {
  const body = Buffer.concat(content);
  const size = body.length < 0x80 ? [body.length] : longLength(body.length);
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
}

export const derSequence = (...items: readonly Uint8Array[]): Der => derElement(0x30, ...items);
export const derSet = (...items: readonly Uint8Array[]): Der => derElement(0x31, ...items);
export const derBoolean = (value: boolean): Der => derElement(0x01, Buffer.from([value ? 0xff : 0]));
export const derNull = (): Der => derElement(0x05);
export const derOctets = (content: Uint8Array): Der => derElement(0x04, content);
export const derText = (text: string): Der => derElement(0x0c, Buffer.from(text));
/** A string of bits, of which the last `unused` do not count. */
export const derBits = (content: Uint8Array, unused = 0): Der => derElement(0x03, Buffer.from([unused]), content);
/** An element that only its place in a sequence gives a meaning: `[n]`. */
export const derTagged = (n: number, ...content: readonly Uint8Array[]): Der => derElement(0xa0 + n, ...content);
/** The same for plain content, without elements in it. */
export const derTaggedBytes = (n: number, content: Uint8Array): Der => derElement(0x80 + n, content);

/** A positive whole number from its bytes. */
export function derInteger(bytes: Uint8Array): Der {
  const first = bytes.findIndex((byte) => byte !== 0);
  const magnitude = first === -1 ? Buffer.alloc(1) : bytes.subarray(first);
  // The highest bit is the sign.
  return derElement(0x02, ...((magnitude[0] ?? 0) & 0x80 ? [Buffer.alloc(1)] : []), magnitude);
}

/** An object identifier such as `2.5.4.3`. */
export function derOid(name: string): Der {
  const [first = 0, second = 0, ...rest] = name.split('.').map(Number);
  return derElement(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

/** A moment, to the second: with two digits for the year until 2049, with four afterwards, as RFC 5280 wants it. */
export function derTime(moment: Date): Der {
  const digits = moment.toISOString().replace(/[-:T]|\.\d+/g, '');
  return moment.getUTCFullYear() < 2050
    ? derElement(0x17, Buffer.from(digits.slice(2)))
    : derElement(0x18, Buffer.from(digits));
}

/** Wraps an element as PEM text. */
export function toPem(label: string, der: Der): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

function longLength(length: number): number[] {
  const bytes = base256(length);
  return [0x80 + bytes.length, ...bytes];
}

const base256 = (value: number): number[] => (value < 256 ? [value] : [...base256(value >> 8), value & 0xff]);

/** Seven bits a byte, the highest bit of all but the last set. */
function base128(value: number): number[] {
  const higher = (rest: number): number[] => (rest === 0 ? [] : [...higher(rest >> 7), (rest & 0x7f) | 0x80]);
  return [...higher(value >> 7), value & 0x7f];
}
