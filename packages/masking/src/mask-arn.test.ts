import { describe, expect, it } from 'vitest';
import { PYTHON_PRINCIPAL_ARNS } from './fixtures/python-cases.js';
import { createRandom, DIGITS } from './fixtures/random.js';
import { maskAccountId } from './mask-account-id.js';
import { maskArn } from './mask-arn.js';

describe('maskArn', () => {
  it.each(PYTHON_PRINCIPAL_ARNS.filter((row) => row.status === 'match'))(
    'equals Python on "$input"',
    ({ input, output }) => {
      expect(maskArn(input)).toBe(output);
    },
  );

  it.each(['123456789012', 'arn:aws:iam', 'a:b:c:d:e', '', 'ARN:aws:iam::123456789012:root'])(
    'hides "%s", which is no ARN',
    (input) => {
      expect(maskArn(input)).toBe('********');
    },
  );

  it.each([
    'arn:aws:iam::aws:policy/AdministratorAccess',
    'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1',
    'arn:aws:iam::*:role/deploy',
  ])('keeps "%s", which names no account', (input) => {
    expect(maskArn(input)).toBe(input);
  });

  it('masks the account where the resource repeats it', () => {
    expect(maskArn('arn:aws:iam::123456789012:role/cdk-deploy-123456789012-eu-west-1')).toBe(
      'arn:aws:iam::12********12:role/cdk-deploy-12********12-eu-west-1',
    );
    expect(maskArn('arn:aws:sts::123456789012:assumed-role/my-role/123456789012')).not.toContain('123456789012');
  });

  it('leaves another account in the resource, as documented', () => {
    expect(maskArn('arn:aws:s3:::logs-111122223333')).toBe('arn:aws:s3::********:logs-111122223333');
    expect(maskArn('arn:aws:sts::123456789012:assumed-role/r/444455556666')).toContain('444455556666');
  });

  it('changes the account field alone, whatever the other fields are', () => {
    const random = createRandom(2);
    for (let round = 0; round < 500; round += 1) {
      const fields = Array.from({ length: 3 }, () => random.text('abc-*é{}', random.integer(6)));
      const account = random.text(DIGITS, 12);
      const resource = random.text('ab:/@=,. ', random.integer(30));
      const arn = (shown: string): string => ['arn', ...fields, shown, resource].join(':');
      expect(maskArn(arn(account))).toBe(arn(maskAccountId(account)));
    }
  });

  it('hides what is no string', () => {
    expect(maskArn(undefined as never)).toBe('********');
  });
});
