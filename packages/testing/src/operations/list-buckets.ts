import { decideFor } from '../policy/authorize.js';
import { queryValue } from '../protocol/http-request.js';
import { ServiceError } from '../protocol/service-error.js';
import { type Operation, signedCaller } from './operation.js';

/** S3 ListBuckets, with `prefix` and pages. */
export const listBuckets: Operation = {
  service: 's3',
  version: '',
  name: 'ListBuckets',
  handle(call) {
    const { principal } = signedCaller(call);
    if (decideFor(signedCaller(call), 's3:ListAllMyBuckets', '*') !== 'allowed') {
      throw new ServiceError('AccessDenied', 'Access Denied', 403);
    }
    const prefix = queryValue(call.request, 'prefix') ?? '';
    const buckets = principal.account.buckets.filter((bucket) => bucket.name.startsWith(prefix));
    const start = Number(queryValue(call.request, 'continuation-token') ?? 0);
    const end = start + readMaxBuckets(queryValue(call.request, 'max-buckets'));
    if (!Number.isInteger(start) || start < 0) throw invalidArgument('The continuation token provided is incorrect');
    return {
      Owner: {
        ID: principal.account.accountId.repeat(6).slice(0, 64),
        DisplayName: `account-${principal.account.accountId}`,
      },
      Buckets: buckets
        .slice(start, end)
        .map((bucket) => ({ Name: bucket.name, CreationDate: bucket.creationDate.toISOString() })),
      ContinuationToken: end < buckets.length ? String(end) : undefined,
      Prefix: prefix === '' ? undefined : prefix,
    };
  },
};

function readMaxBuckets(value: string | undefined): number {
  const count = value === undefined ? 10_000 : Number(value);
  if (!Number.isInteger(count) || count < 1 || count > 10_000) throw invalidArgument('Argument max-buckets is invalid');
  return count;
}

const invalidArgument = (message: string): ServiceError => new ServiceError('InvalidArgument', message);
