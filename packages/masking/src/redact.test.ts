import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { BASE32, BASE64, createRandom, HEX } from './fixtures/random.js';
import { makeSecrets, NAMED_TEMPLATES, pemLine } from './fixtures/templates.js';
import { redact } from './redact.js';

const KEY_ID = 'AKIAIOSFODNN7EXAMPLE';
const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';

describe('redact, by name', () => {
  const names = [
    ['aws', 'secret', 'access', 'key'],
    ['secret', 'access', 'key'],
    ['secret', 'key'],
    ['aws', 'session', 'token'],
    ['session', 'token'],
    ['security', 'token'],
  ];

  it.each(Object.entries(NAMED_TEMPLATES))('hides a secret in: %s', (_name, template) => {
    const random = createRandom(3);
    for (const words of names) {
      for (let round = 0; round < 5; round += 1) {
        const { secretAccessKey } = makeSecrets(random);
        // Without the letters that a percent sign would be made of, so that one search finds every spelling.
        const secret = secretAccessKey.replaceAll('+', 'p').replaceAll('/', 's');
        const text = template(words, secret);
        const clean = redact(text);
        expect(text).toContain(secret);
        expect(clean, text).not.toContain(secret.slice(0, 12));
        expect(clean, text).not.toContain(secret.slice(-12));
        expect(clean).toContain('***');
        expect(redact(clean), 'a second time changes nothing').toBe(clean);
      }
    }
  });

  it.each(Object.entries(NAMED_TEMPLATES))(
    'hides a secret with every character of base64 in: %s',
    (_name, template) => {
      const random = createRandom(4);
      for (let round = 0; round < 20; round += 1) {
        const { secretAccessKey } = makeSecrets(random);
        const clean = redact(template(['aws', 'secret', 'access', 'key'], secretAccessKey));
        for (const part of secretAccessKey.split(/[+/]/)) {
          if (part.length >= 10) expect(clean).not.toContain(part);
        }
      }
    },
  );

  it.each([
    [
      'what follows in JSON',
      `{"SecretAccessKey":"${SECRET}","Region":"eu-west-1"}`,
      '{"SecretAccessKey":"***","Region":"eu-west-1"}',
    ],
    [
      'what follows in a URL',
      `?X-Amz-Security-Token=abc%2F&X-Amz-Date=2026#top`,
      '?X-Amz-Security-Token=***&X-Amz-Date=2026#top',
    ],
    ['what follows in a log line', `secretKey=${SECRET}, user: bob)`, 'secretKey=***, user: bob)'],
    [
      'escaped quotes',
      `"{\\"password\\":\\"a\\\\\\"b\\\\\\\\\\",\\"x\\":1}"`,
      `"{\\"password\\":\\"***\\",\\"x\\":1}"`,
    ],
    ['other headers', `authorization: Bearer abc\r\nhost: x\r\n`, 'authorization: ***\r\nhost: x\r\n'],
    [
      'the rest of a command',
      `curl -H 'Authorization: Bearer abc' https://x`,
      `curl -H 'Authorization: ***' https://x`,
    ],
    [
      'a digest header is hidden with its quotes',
      `Authorization: Digest username="a", response="b"\nx`,
      'Authorization: ***\nx',
    ],
    ['the next flag', `--token-code 123456 --role-arn x`, '--token-code *** --role-arn x'],
    [
      'the next lines of XML',
      `<SessionToken>\n  abc\n</SessionToken>\n<a>b</a>`,
      '<SessionToken>\n  ***</SessionToken>\n<a>b</a>',
    ],
  ])('keeps %s', (_name, text, clean) => {
    expect(redact(text)).toBe(clean);
  });

  it('keeps the line end of an element that is cut off', () => {
    expect(redact('<Password>abc\n')).toBe('<Password>***\n');
  });

  it.each([
    ['TokenCode', 'Action=AssumeRole&TokenCode=123456&RoleSessionName=s'],
    ['TokenCode', '{ TokenCode: 123456 }'],
    ['ExternalId', `ExternalId: '123456'`],
    ['external id', '--external-id 123456'],
    ['password', 'DB_PASSWORD=123456'],
    ['PIN', 'pkcs11:object=k;pin-value=123456'],
    ['PIN', `{ pin: '123456' }`],
    ['metadata token', 'x-aws-ec2-metadata-token: 123456'],
    ['Token of a container endpoint', '{"Token":"123456","Code":"Success"}'],
    ['web identity token', 'WebIdentityToken=123456&x=1'],
    ['SAML assertion', 'SAMLAssertion=123456&x=1'],
    ['console sign-in token', 'https://signin.aws.amazon.com/federation?Action=login&SigninToken=123456'],
    ['bearer token variable', 'AWS_BEARER_TOKEN_BEDROCK=123456'],
    ['container authorization', 'AWS_CONTAINER_AUTHORIZATION_TOKEN=123456'],
    ['customer key', 'x-amz-server-side-encryption-customer-key: 123456'],
  ])('hides a %s in %s', (_name, text) => {
    expect(redact(text)).toBe(text.replace('123456', '***'));
  });
});

describe('redact, words that stand for no secret', () => {
  it.each(['null', 'undefined', 'None', 'true', 'string'])(
    'shows %s alone, and hides what only begins like it',
    (word) => {
      expect(redact(`password: ${word}, x`)).toBe(`password: ${word}, x`);
      expect(redact(`PASSWORD=${word}`)).toBe(`PASSWORD=${word}`);
      expect(redact(`password: ${word}-x1 y`)).toBe('password: *** y');
      expect(redact(`{"password":"${word}"}`)).toBe('{"password":"***"}');
    },
  );
});

describe('redact, by shape', () => {
  it('masks key ids and unique ids wherever they stand', () => {
    const random = createRandom(5);
    for (const prefix of [
      'AKIA',
      'ASIA',
      'ABIA',
      'ACCA',
      'AROA',
      'AIDA',
      'AGPA',
      'AIPA',
      'ANPA',
      'ANVA',
      'APKA',
      'ASCA',
    ]) {
      const id = prefix + random.text(BASE32, 17);
      const masked = `${prefix}***${id.slice(-4)}`;
      expect(redact(`user ${id}:session`)).toBe(`user ${masked}:session`);
      expect(redact(`?X-Amz-Credential%3D${id}%2F2026`)).toBe(`?X-Amz-Credential%3D${masked}%2F2026`);
      expect(redact(JSON.stringify(`a\n${id}\tb`))).toBe(`"a\\n${masked}\\tb"`);
    }
  });

  it.each([
    ['CSV', (key: string, secret: string) => `${key},${secret}`],
    ['CSV with quotes', (key: string, secret: string) => `"${key}","${secret}"`],
    ['a pair', (key: string, secret: string) => `${key}:${secret}`],
    ['two lines', (key: string, secret: string) => `${key}\n${secret}\n`],
    ['--output text', (key: string, secret: string) => `CREDENTIALS\t${key}\t2026-11-21T00:00:00+00:00\t${secret}\tx`],
  ])('hides a secret key behind its key id: %s', (_name, template) => {
    const random = createRandom(6);
    for (let round = 0; round < 50; round += 1) {
      const { accessKeyId, secretAccessKey } = makeSecrets(random);
      const clean = redact(template(accessKeyId, secretAccessKey));
      expect(clean).toBe(template(`${accessKeyId.slice(0, 4)}***${accessKeyId.slice(-4)}`, '***'));
    }
  });

  it('hides session tokens without context, plain and percent-encoded', () => {
    const random = createRandom(7);
    for (let round = 0; round < 50; round += 1) {
      const { sessionToken } = makeSecrets(random);
      expect(redact(`got ${sessionToken}== from STS`)).toBe('got *** from STS');
      expect(redact(`got ${encodeURIComponent(`${sessionToken}==`)}&x`)).toBe('got ***&x');
    }
  });

  it('leaves a commit behind a key id alone', () => {
    const commit = createRandom(9).text(HEX, 40);
    expect(redact(`${KEY_ID} ${commit}`)).toBe(`AKIA***MPLE ${commit}`);
  });

  it.each([
    ['session token in base64url', 'x FwoGZXIvYXdz-_abc x', 'x *** x'],
    ['session token with escaped slashes', '"FwoGZXIvYXdz\\/abc"', '"***"'],
    ['JSON web token', 'Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln x', 'Bearer *** x'],
    [
      'password of a URL',
      'postgres://app:p:w@db:5432/x and redis://:pw@h',
      'postgres://app:***@db:5432/x and redis://:***@h',
    ],
    ['signature', `Signature=${'0f'.repeat(32)}, x`, 'Signature=***, x'],
    ['signature of version 2', `?Signature=${'aB%2B'.repeat(8)}%3D&Expires=1`, '?Signature=***&Expires=1'],
  ])('hides a %s', (_name, text, clean) => {
    expect(redact(text)).toBe(clean);
  });

  it.each(['PRIVATE KEY', 'RSA PRIVATE KEY', 'EC PRIVATE KEY', 'OPENSSH PRIVATE KEY', 'ENCRYPTED PRIVATE KEY'])(
    'hides what is between the lines of a %s',
    (kind) => {
      const [begin, end] = [pemLine('BEGIN', kind), pemLine('END', kind)];
      expect(redact(`${begin}\nProc-Type: 4,ENCRYPTED\n\nMIIE+/=\n${end}\nx`)).toBe(`${begin}***${end}\nx`);
      expect(redact(JSON.stringify([`${begin}\nMIIE\n${end}\n`, 'x']))).toBe(`["${begin}***${end}\\n","x"]`);
      expect(redact(`${begin}\nMIIE`)).toBe(`${begin}***`);
    },
  );

  it('masks the account of an ARN, plain and percent-encoded, and where its resource repeats it', () => {
    expect(redact('in arn:aws-cn:iam::123456789012:role/a-123456789012, not 123456789012')).toBe(
      'in arn:aws-cn:iam::12********12:role/a-12********12, not 123456789012',
    );
    expect(redact('RoleArn=arn%3Aaws%3Aiam%3A%3A123456789012%3Arole%2Fx&RoleSessionName=123456789012')).toBe(
      'RoleArn=arn%3Aaws%3Aiam%3A%3A12********12%3Arole%2Fx&RoleSessionName=123456789012',
    );
  });

  it('masks the key id whenever it masks an account id, since the key id contains the account id', () => {
    const clean = redact(`arn:aws:iam::123456789012:user/me ${KEY_ID}`);
    expect(clean).toBe('arn:aws:iam::12********12:user/me AKIA***MPLE');
  });
});

describe('redact leaves alone', () => {
  const random = createRandom(8);
  const hex = (length: number): string => random.text(HEX, length);

  it.each([
    ['a commit', `commit ${hex(40)} (HEAD)`],
    ['a short commit', `secret access key rotated in ${hex(7)}`],
    ['a UUID', `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-446655440000`],
    ['a request id', `RequestId: ${hex(8)}-${hex(4)}-${hex(4)}-${hex(4)}-${hex(12)}`],
    ['times', '2026-11-21T09:30:00.123Z 1795253400 1795253400123 20261121T093000Z 202611210930 20261121093000'],
    ['an account id outside of an ARN', 'account 123456789012, "Account":"123456789012"'],
    ['an image', `data:image/png;base64,${randomBytes(3_000).toString('base64')}`],
    ['integrity of a package', `"integrity": "sha512-${randomBytes(64).toString('base64')}"`],
    ['bare base64 of the length of a secret key', `checksum ${random.text(BASE64, 40)}`],
    ['the name of a secret', 'arn:aws:secretsmanager:eu-west-1:aws:secret:MySecret-a1b2c3'],
    ['an address with a port', 'http://localhost:8080/a@b?c=d@e ssh://git@host:22/x'],
    ['an AWS error', 'InvalidToken: The provided token is malformed or otherwise invalid.'],
    ['another AWS error', 'ExpiredToken: The security token included in the request is expired'],
    ['values that are absent', 'sessionToken: undefined, password: null, "SessionToken":null'],
    ['empty values', 'PASSWORD=\nSECRET_KEY=""\n{"password":""}\n<Password></Password>'],
    ['types', 'function login(password: string, token: string): { sessionToken: string }'],
    ['a list of names', `['accessKeyId', 'secretAccessKey', 'sessionToken']`],
    ['usage', 'Usage: login <user> <password> [options]\n  --password-file FILE'],
    [
      'names that only begin like a secret',
      'AWS_WEB_IDENTITY_TOKEN_FILE=/var/token sessionTokenExpiry=2026 nextToken=abc',
    ],
    ['a question', 'Enter the MFA code: '],
    ['the working directory', 'PWD=/home/me OLDPWD=/'],
    ['an object under the name of a secret', 'password: { minLength: 8 }'],
    ['a certificate', '-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE-----'],
    ['a key id inside of a longer word', `x${KEY_ID}y`],
    ['nothing', ''],
  ])('%s', (_name, text) => {
    expect(redact(text)).toBe(text);
  });
});
