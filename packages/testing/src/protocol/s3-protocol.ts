import { toXml, type XmlValue } from './xml.js';

const XMLNS = 'http://s3.amazonaws.com/doc/2006-03-01/';
const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** Writes the list of buckets as S3 does. */
export const s3Result = (result: XmlValue): string =>
  `${DECLARATION}<ListAllMyBucketsResult xmlns="${XMLNS}">${toXml(result, 'Bucket')}</ListAllMyBucketsResult>`;

/** Writes an error as S3 does. */
export const s3Error = (error: { readonly code: string; readonly message: string }, requestId: string): string =>
  `${DECLARATION}${toXml(
    { Error: { Code: error.code, Message: error.message, RequestId: requestId, HostId: 'fake-aws' } },
    'member',
  )}`;
