import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { redactErrorText } from './redact-error-text.js';

const secret = randomBytes(30).toString('base64');
const token = randomBytes(300).toString('base64');

test.each([
  ['an ARN', 'User: arn:aws:iam::111122223333:user/alice', 'User: arn:aws:iam::11********33:user/alice'],
  ['an ARN of China', 'arn:aws-cn:sts::111122223333:assumed-role/r/s', 'arn:aws-cn:sts::11********33:assumed-role/r/s'],
  ['a key id', 'key AKIAIOSFODNN7EXAMPLE is unknown', 'key AKIA***MPLE is unknown'],
  ['a secret key', `bad key "${secret}" given`, 'bad key "***" given'],
  ['a session token', `<SessionToken>${token}</SessionToken>`, '<SessionToken>***</SessionToken>'],
  ['a secret key in an assignment', `AWS_SECRET_ACCESS_KEY=${secret} aws s3 ls`, 'AWS_SECRET_ACCESS_KEY=*** aws s3 ls'],
  ['the head of a secret key in XML', `<SecretAccessKey>${secret.slice(0, 17)}`, '<SecretAccessKey>***'],
  [
    'a short secret in JSON',
    `{"SecretAccessKey": "${secret.slice(0, 9)}", "a": 1}`,
    '{"SecretAccessKey": "***", "a": 1}',
  ],
  ['a printed object', `{ sessionToken: '${secret.slice(0, 20)}' }`, "{ sessionToken: '***' }"],
  [
    'a password in a URL',
    'connect to http://me:open-sesame@proxy:3128 failed',
    'connect to http://me:***@proxy:3128 failed',
  ],
  ['prose about tokens', 'ExpiredToken: The security token is expired', 'ExpiredToken: The security token is expired'],
  ['a refused value', "Value '123456x' at 'tokenCode' failed", "Value '***' at 'tokenCode' failed"],
  [
    'plain text',
    'The role requires an MFA code at 2026-11-21T20:00:00Z.',
    'The role requires an MFA code at 2026-11-21T20:00:00Z.',
  ],
  [
    'a path',
    'at send (node_modules/@smithy/core/dist-cjs/submodules/retry/index.js:215:92)',
    'at send (node_modules/@smithy/core/dist-cjs/submodules/retry/index.js:215:92)',
  ],
])('%s', (_name, text, expected) => {
  expect(redactErrorText(text)).toBe(expected);
});
