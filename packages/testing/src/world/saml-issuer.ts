import { createHash, generateKeyPairSync, sign, verify } from 'node:crypto';

/**
 * Signs SAML responses with a key of its own (P-256) and recognises its signature.
 *
 * The signature is an enveloped one of XML-DSig (ECDSA with SHA-256) over the whole response. It is checked against the
 * text as it was issued: nothing is brought into canonical form, so any other spelling of the same XML is refused.
 */
export interface SamlIssuer {
  /** Puts the signature behind the issuer of a response, which must be canonical XML (exclusive) already. */
  readonly sign: (response: string) => string;
  /** Takes the signature out again; `undefined` when there is none or when it does not fit. */
  readonly open: (signed: string) => string | undefined;
}

export function createSamlIssuer(): SamlIssuer {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const dsaEncoding = 'ieee-p1363';
  return {
    sign(response) {
      const value = sign('sha256', canonicalSignedInfo(response), { key: privateKey, dsaEncoding });
      const element = signatureElement(response, value.toString('base64'));
      return response.replace('</saml:Issuer>', (end) => end + element);
    },
    open(signed) {
      const element = /<ds:Signature .*?<\/ds:Signature>/s.exec(signed)?.[0];
      if (element === undefined) return undefined;
      const response = signed.replace(element, '');
      const value = /<ds:SignatureValue>([^<]*)</.exec(element)?.[1] ?? '';
      if (element !== signatureElement(response, value)) return undefined;
      const key = { key: publicKey, dsaEncoding } as const;
      return verify('sha256', canonicalSignedInfo(response), key, Buffer.from(value, 'base64')) ? response : undefined;
    },
  };
}

const DSIG = 'http://www.w3.org/2000/09/xmldsig#';
const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#';

const signatureElement = (response: string, value: string): string =>
  `<ds:Signature xmlns:ds="${DSIG}">${signedInfo(response, '')}<ds:SignatureValue>${value}</ds:SignatureValue></ds:Signature>`;

/** What is signed: by itself the element has to declare the namespace that it inherits in its place. */
const canonicalSignedInfo = (response: string): Buffer => Buffer.from(signedInfo(response, ` xmlns:ds="${DSIG}"`));

function signedInfo(response: string, namespace: string): string {
  const id = / ID="([^"]*)"/.exec(response)?.[1] ?? '';
  const digest = createHash('sha256').update(response).digest('base64');
  return [
    `<ds:SignedInfo${namespace}>`,
    algorithm('CanonicalizationMethod', EXCLUSIVE),
    algorithm('SignatureMethod', 'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256'),
    `<ds:Reference URI="#${id}">`,
    `<ds:Transforms>${algorithm('Transform', `${DSIG}enveloped-signature`)}${algorithm('Transform', EXCLUSIVE)}</ds:Transforms>`,
    algorithm('DigestMethod', 'http://www.w3.org/2001/04/xmlenc#sha256'),
    `<ds:DigestValue>${digest}</ds:DigestValue>`,
    '</ds:Reference></ds:SignedInfo>',
  ].join('');
}

const algorithm = (name: string, uri: string): string => `<ds:${name} Algorithm="${uri}"></ds:${name}>`;
