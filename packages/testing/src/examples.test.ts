import { expect, test } from 'vitest';
import { refusedWithoutExternalId } from '../examples/refused-without-external-id.js';
import { requestsAtOnce } from '../examples/requests-at-once.js';

test('a role that wants an external id', async () => {
  expect(await refusedWithoutExternalId()).toEqual({
    refused:
      'User: arn:aws:iam::111122223333:user/alice is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::444455556666:role/deploy',
    calls: 2,
    expiresIn: 3_600_000,
  });
});

test('a gate', async () => {
  expect(await requestsAtOnce(5)).toBe(5);
});
