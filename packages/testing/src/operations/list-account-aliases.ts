import { authorize } from '../policy/authorize.js';
import { createConstraints } from '../protocol/constraints.js';
import { ServiceError } from '../protocol/service-error.js';
import { type Operation, signedCaller } from './operation.js';

/** IAM ListAccountAliases, with pages. A real account has one alias at most; a fake one may have more. */
export const listAccountAliases: Operation = {
  service: 'iam',
  version: '2010-05-08',
  name: 'ListAccountAliases',
  handle(call) {
    const key = signedCaller(call);
    const constraints = createConstraints(call.params);
    const maxItems = constraints.integer('MaxItems', 1, 1000) ?? 100;
    constraints.check();
    authorize(key, 'iam:ListAccountAliases', '*');
    const aliases = key.principal.account.aliases;
    const start = readMarker(call.params.get('Marker'), aliases.length);
    const end = start + maxItems;
    return {
      AccountAliases: aliases.slice(start, end),
      IsTruncated: end < aliases.length,
      Marker: end < aliases.length ? Buffer.from(String(end)).toString('base64') : undefined,
    };
  },
};

function readMarker(marker: string | undefined, length: number): number {
  if (marker === undefined) return 0;
  const start = Number(Buffer.from(marker, 'base64').toString());
  if (Number.isInteger(start) && start > 0 && start < length) return start;
  throw new ServiceError('ValidationError', `Invalid Marker: ${marker}`);
}
