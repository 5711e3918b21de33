import type { Operation } from '../operations/operation.js';
import { operations } from '../operations/table.js';
import type { SignatureV4 } from '../signature/signature-v4.js';
import { type HttpRequest, queryValue } from './http-request.js';
import { parseQueryParams, type QueryParams } from './query-protocol.js';
import { ServiceError } from './service-error.js';

/** What a request is about, before anything of it is believed. */
export interface CallTarget {
  readonly protocol: 'query' | 's3' | 'json';
  readonly service: string;
  readonly action: string;
  readonly version: string;
  readonly params: QueryParams;
  /** `undefined`: nothing that this AWS can do. */
  readonly operation: Operation | undefined;
}

const SERVICES: Readonly<Record<string, string>> = { '2011-06-15': 'sts', '2010-05-08': 'iam' };

/** Finds the operation of a request: by action and version, by the target header, or by method and path for S3. */
export function findTarget(request: HttpRequest, signature: SignatureV4 | string | undefined): CallTarget {
  const scopeService = typeof signature === 'object' ? signature.service : undefined;
  const json = request.headers.get('x-amz-target');
  if (json !== undefined) return unknown('json', scopeService ?? 'unknown', json.split('.').at(-1) ?? json, request);
  const isForm = request.headers.get('content-type')?.startsWith('application/x-www-form-urlencoded') === true;
  const isQuery = request.method === 'POST' ? isForm : queryValue(request, 'Action') !== undefined;
  return isQuery ? queryTarget(request, scopeService) : s3Target(request, scopeService);
}

/** The answer for an operation that does not exist here. */
export const noSuchOperation = ({ action, version }: CallTarget): ServiceError =>
  action === ''
    ? new ServiceError('MissingAction', 'The request must contain the parameter Action')
    : new ServiceError(
        'InvalidAction',
        `Could not find operation ${action} for version ${version || 'NO_VERSION_SPECIFIED'}`,
      );

function queryTarget(request: HttpRequest, scopeService: string | undefined): CallTarget {
  const params = parseQueryParams(request);
  const action = params.get('Action') ?? '';
  const version = params.get('Version') ?? '';
  return {
    protocol: 'query',
    service: SERVICES[version] ?? scopeService ?? 'unknown',
    action,
    version,
    params,
    operation: operations.find(
      ({ name, version: known, service }) => service !== 's3' && name === action && known === version,
    ),
  };
}

function s3Target(request: HttpRequest, scopeService: string | undefined): CallTarget {
  const foreign = scopeService !== undefined && scopeService !== 's3';
  if (foreign || request.method !== 'GET' || request.path !== '/') {
    const action = `${request.method} ${request.path.split('/').length > 2 ? '/bucket/key' : '/bucket'}`;
    return unknown('s3', scopeService ?? 's3', action, request);
  }
  const operation = operations.find(({ service }) => service === 's3');
  return {
    protocol: 's3',
    service: 's3',
    action: 'ListBuckets',
    version: '',
    params: new Map(request.query),
    operation,
  };
}

const unknown = (
  protocol: CallTarget['protocol'],
  service: string,
  action: string,
  request: HttpRequest,
): CallTarget => ({ protocol, service, action, version: '', params: new Map(request.query), operation: undefined });
