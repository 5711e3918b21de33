import type { CallTarget } from './call-target.js';
import { queryError, queryResult } from './query-protocol.js';
import { s3Error, s3Result } from './s3-protocol.js';
import type { ServiceError } from './service-error.js';
import type { XmlValue } from './xml.js';

/** An answer that is ready to be sent. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly errorCode: string | undefined;
}

const XMLNS: Readonly<Record<string, string>> = {
  sts: 'https://sts.amazonaws.com/doc/2011-06-15/',
  iam: 'https://iam.amazonaws.com/doc/2010-05-08/',
};

/** Writes the result of an operation in the protocol of its service. */
export function resultAnswer(target: CallTarget, result: XmlValue, requestId: string): Answer {
  const s3 = target.protocol === 's3';
  const body = s3 ? s3Result(result) : queryResult(target.action, xmlns(target.service), result, requestId);
  return { status: 200, headers: headersFor(target, requestId), body, errorCode: undefined };
}

/** Writes an error in the protocol of its service. */
export function errorAnswer(target: CallTarget, error: ServiceError, requestId: string): Answer {
  return {
    status: error.status,
    headers: headersFor(target, requestId),
    body: errorBody(target, error, requestId),
    errorCode: error.code,
  };
}

function errorBody(target: CallTarget, error: ServiceError, requestId: string): string {
  if (target.protocol === 'json') return JSON.stringify({ __type: error.code, message: error.message });
  if (target.protocol === 's3') return s3Error(error, requestId);
  return queryError(error, xmlns(target.service), requestId);
}

const xmlns = (service: string): string => XMLNS[service] ?? `https://${service}.amazonaws.com/`;

function headersFor(target: CallTarget, requestId: string): Readonly<Record<string, string>> {
  if (target.protocol === 's3') {
    return { 'content-type': 'application/xml', 'x-amz-request-id': requestId, 'x-amz-id-2': 'fake-aws' };
  }
  const type = target.protocol === 'json' ? 'application/x-amz-json-1.0' : 'text/xml';
  return { 'content-type': type, 'x-amzn-requestid': requestId };
}
