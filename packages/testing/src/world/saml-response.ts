import { randomUUID } from 'node:crypto';

/** What a SAML response says. Times are milliseconds since the epoch. */
export interface SamlClaims {
  readonly issuer: string;
  readonly issuedAt: number;
  /** Last part of the status, such as `Success`. */
  readonly status: string;
  readonly subject: string;
  readonly nameIdFormat: string;
  readonly recipient: string;
  readonly audience: string;
  readonly expiresAt: number;
  /** Roles that the subject may have, each as `ROLE_ARN,PROVIDER_ARN`. */
  readonly roles: readonly string[];
  readonly roleSessionName: string;
  /** The attribute `SessionDuration`, in seconds. */
  readonly sessionDuration: number | undefined;
  /** The attribute `SessionNotOnOrAfter` of the authentication statement. */
  readonly sessionEndsAt: number | undefined;
}

const STATUS = 'urn:oasis:names:tc:SAML:2.0:status:';
const BEARER = 'urn:oasis:names:tc:SAML:2.0:cm:bearer';
const ATTRIBUTE = 'https://aws.amazon.com/SAML/Attributes/';
const XMLNS = 'xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"';

/** Writes a response with one assertion, as canonical XML: no space, no empty tags, attributes in order. */
export function writeSamlResponse(claims: SamlClaims): string {
  const issued = `ID="_${randomUUID()}" IssueInstant="${time(claims.issuedAt)}" Version="2.0"`;
  return [
    `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" Destination="${claims.recipient}" ${issued}>`,
    `<saml:Issuer ${XMLNS}>${escapeText(claims.issuer)}</saml:Issuer>`,
    `<samlp:Status><samlp:StatusCode Value="${STATUS}${claims.status}"></samlp:StatusCode></samlp:Status>`,
    writeAssertion(claims),
    '</samlp:Response>',
  ].join('');
}

/** Reads a response that {@link writeSamlResponse} wrote; what an issuer has not found to be its own is not to be read. */
export function readSamlResponse(response: string): SamlClaims {
  // Only a pattern that begins with a tag cannot be met inside a text.
  const optional = (pattern: RegExp): string | undefined => unescapeText(pattern.exec(response)?.[1]);
  const text = (pattern: RegExp): string => optional(pattern) ?? '';
  const duration = readAttribute(response, 'SessionDuration')[0];
  const sessionEnd = optional(/<saml:AuthnStatement [^>]*SessionNotOnOrAfter="([^"]*)"/);
  return {
    issuer: readSamlIssuer(response) ?? '',
    issuedAt: Date.parse(text(/<saml:Assertion [^>]*IssueInstant="([^"]*)"/)),
    status: text(/<samlp:StatusCode Value="[^"]*:(\w+)"/),
    subject: text(/<saml:NameID [^>]*>([^<]*)</),
    nameIdFormat: text(/<saml:NameID Format="([^"]*)"/),
    recipient: text(/<saml:SubjectConfirmationData [^>]*Recipient="([^"]*)"/),
    audience: text(/<saml:Audience>([^<]*)</),
    expiresAt: Date.parse(text(/<saml:SubjectConfirmationData NotOnOrAfter="([^"]*)"/)),
    roles: readAttribute(response, 'Role'),
    roleSessionName: readAttribute(response, 'RoleSessionName')[0] ?? '',
    sessionDuration: duration === undefined ? undefined : Number(duration),
    sessionEndsAt: sessionEnd === undefined ? undefined : Date.parse(sessionEnd),
  };
}

/** Who a response claims to be from; `undefined` for what is no response. */
export const readSamlIssuer = (response: string): string | undefined =>
  response.startsWith('<samlp:Response ')
    ? unescapeText(/<saml:Issuer [^>]*>([^<]*)<\/saml:Issuer>/.exec(response)?.[1])
    : undefined;

function writeAssertion(claims: SamlClaims): string {
  const issuedAt = time(claims.issuedAt);
  const end = `NotOnOrAfter="${time(claims.expiresAt)}"`;
  const sessionEnd = claims.sessionEndsAt === undefined ? '' : ` SessionNotOnOrAfter="${time(claims.sessionEndsAt)}"`;
  return [
    `<saml:Assertion ${XMLNS} ID="_${randomUUID()}" IssueInstant="${issuedAt}" Version="2.0">`,
    `<saml:Issuer>${escapeText(claims.issuer)}</saml:Issuer>`,
    `<saml:Subject><saml:NameID Format="${claims.nameIdFormat}">${escapeText(claims.subject)}</saml:NameID>`,
    `<saml:SubjectConfirmation Method="${BEARER}">`,
    `<saml:SubjectConfirmationData ${end} Recipient="${claims.recipient}"></saml:SubjectConfirmationData>`,
    '</saml:SubjectConfirmation></saml:Subject>',
    `<saml:Conditions NotBefore="${issuedAt}" ${end}><saml:AudienceRestriction>`,
    `<saml:Audience>${escapeText(claims.audience)}</saml:Audience></saml:AudienceRestriction></saml:Conditions>`,
    `<saml:AuthnStatement AuthnInstant="${issuedAt}"${sessionEnd}><saml:AuthnContext><saml:AuthnContextClassRef>`,
    'urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified',
    '</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>',
    '<saml:AttributeStatement>',
    writeAttribute('Role', claims.roles),
    writeAttribute('RoleSessionName', [claims.roleSessionName]),
    claims.sessionDuration === undefined ? '' : writeAttribute('SessionDuration', [String(claims.sessionDuration)]),
    '</saml:AttributeStatement></saml:Assertion>',
  ].join('');
}

const writeAttribute = (name: string, values: readonly string[]): string =>
  `<saml:Attribute Name="${ATTRIBUTE}${name}">${values
    .map((value) => `<saml:AttributeValue>${escapeText(value)}</saml:AttributeValue>`)
    .join('')}</saml:Attribute>`;

function readAttribute(response: string, name: string): readonly string[] {
  const [, values = ''] = response.split(`<saml:Attribute Name="${ATTRIBUTE}${name}">`);
  const own = values.slice(0, values.indexOf('</saml:Attribute>'));
  return [...own.matchAll(/<saml:AttributeValue>([^<]*)</g)].map(([, value]) => unescapeText(value) ?? '');
}

const time = (milliseconds: number): string => new Date(milliseconds).toISOString();

const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#xD;');

const unescapeText = (text: string | undefined): string | undefined =>
  text?.replaceAll('&#xD;', '\r').replaceAll('&gt;', '>').replaceAll('&lt;', '<').replaceAll('&amp;', '&');
