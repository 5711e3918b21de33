import { isBsmError } from '@bsm/core-cache';
import { describe, expect, it } from 'vitest';
import { parseArn } from './parse-arn.js';

describe('parseArn', () => {
  it.each([
    ['arn:aws:iam::123456789012:role/deploy', ['aws', 'iam', '', '123456789012', 'role/deploy']],
    ['arn:aws-cn:sts::123456789012:assumed-role/r/s', ['aws-cn', 'sts', '', '123456789012', 'assumed-role/r/s']],
    [
      'arn:aws-iso-b:ec2:us-isob-east-1:123456789012:vpc/v',
      ['aws-iso-b', 'ec2', 'us-isob-east-1', '123456789012', 'vpc/v'],
    ],
    ['arn:aws:s3:::bucket/a key', ['aws', 's3', '', '', 'bucket/a key']],
    ['arn:aws:iam::aws:policy/ReadOnlyAccess', ['aws', 'iam', '', 'aws', 'policy/ReadOnlyAccess']],
    [
      'arn:aws:logs:eu-central-1:111122223333:log-group:g:*',
      ['aws', 'logs', 'eu-central-1', '111122223333', 'log-group:g:*'],
    ],
    ['arn:aws:sns:*:*:topic', ['aws', 'sns', '*', '*', 'topic']],
  ])('splits %s', (text, [partition, service, region, accountId, resource]) => {
    const arn = parseArn(text);

    expect(arn).toEqual({ partition, service, region, accountId, resource });
    expect(['arn', ...Object.values(arn)].join(':')).toBe(text);
  });

  it.each([
    ['nothing', ''],
    ['an account id', '444455556666'],
    ['too few fields', 'arn:aws:iam::444455556666'],
    ['another prefix', 'urn:aws:iam::444455556666:user/me'],
    ['white space before it', ' arn:aws:iam::444455556666:user/me'],
    ['no partition', 'arn::iam::444455556666:user/me'],
    ['no service', 'arn:aws:::444455556666:user/me'],
    ['no resource', 'arn:aws:iam::444455556666:'],
    ['a space in the account', 'arn:aws:iam::1234 5678:user/me'],
    ['a dot in the region', 'arn:aws:iam:evil.example:444455556666:user/me'],
    ['a line break', 'arn:aws:iam::444455556666:user/me\n'],
    ['an escape sequence', 'arn:aws:iam::444455556666:user/\u001b[31mme'],
    ['more than 2048 characters', `arn:aws:iam::444455556666:user/${'a'.repeat(2048)}`],
    ['no string', undefined as unknown as string],
  ])('refuses %s without showing it', (_, text) => {
    const error = thrown(() => parseArn(text));

    expect(isBsmError(error, 'ERR_BSM_ARN_INVALID')).toBe(true);
    if (text) expect(String(error)).not.toContain(text);
  });
});

function thrown(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
