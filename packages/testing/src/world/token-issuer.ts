import { generateKeyPairSync, sign, verify } from 'node:crypto';

/** What a web identity token says. */
export interface TokenClaims {
  readonly iss: string;
  readonly sub: string;
  readonly aud: string;
  /** Seconds since the epoch. */
  readonly iat: number;
  readonly exp: number;
}

/** Signs JSON web tokens (ES256) with a key of its own and recognises its signature. */
export interface TokenIssuer {
  readonly sign: (claims: TokenClaims) => string;
  readonly verify: (token: string) => boolean;
}

export function createTokenIssuer(): TokenIssuer {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    sign(claims) {
      const input = [{ alg: 'ES256', typ: 'JWT' }, claims].map(encode).join('.');
      const signature = sign('sha256', Buffer.from(input), { key: privateKey, dsaEncoding: 'ieee-p1363' });
      return `${input}.${signature.toString('base64url')}`;
    },
    verify(token) {
      const [header = '', payload = '', signature = ''] = token.split('.');
      const input = Buffer.from(`${header}.${payload}`);
      const key = { key: publicKey, dsaEncoding: 'ieee-p1363' } as const;
      return verify('sha256', input, key, Buffer.from(signature, 'base64url'));
    },
  };
}

/** Reads the claims of a token without believing them; `undefined` for what is no token. */
export function readTokenClaims(token: string): TokenClaims | undefined {
  const parts = token.split('.');
  if (parts.length !== 3) return undefined;
  try {
    const claims: unknown = JSON.parse(Buffer.from(parts[1]!, 'base64url').toString());
    return isClaims(claims) ? claims : undefined;
  } catch {
    return undefined;
  }
}

function isClaims(value: unknown): value is TokenClaims {
  if (typeof value !== 'object' || value === null) return false;
  const { iss, sub, aud, exp } = value as Record<string, unknown>;
  return [iss, sub, aud].every((claim) => typeof claim === 'string') && typeof exp === 'number';
}

const encode = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString('base64url');
