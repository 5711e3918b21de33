import { expect, test } from 'vitest';
import { refusedWithoutExternalId } from '../examples/refused-without-external-id.js';
import { requestsAtOnce } from '../examples/requests-at-once.js';
import { signInWithSaml } from '../examples/sign-in-with-saml.js';

test('a role that wants an external id', async () => {
  expect(await refusedWithoutExternalId()).toEqual({
    refused:
      'User: arn:aws:iam::111122223333:user/alice is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::444455556666:role/deploy',
    calls: 2,
    expiresIn: 3_600_000,
  });
});

test('an assertion, taken in time and too late', async () => {
  expect(await signInWithSaml()).toEqual({
    arn: 'arn:aws:sts::444455556666:assumed-role/staff/alice',
    late: 'ExpiredTokenException',
  });
});

test('a gate', async () => {
  expect(await requestsAtOnce(5)).toBe(5);
});
