import { type HttpRequest, percentDecode } from './http-request.js';
import { toXml, type XmlValue } from './xml.js';

/** Parameters of a call in the AWS Query protocol, by their dotted names. */
export type QueryParams = ReadonlyMap<string, string>;

/** Reads the parameters from a form body, or from the query string of a GET. */
export function parseQueryParams(request: HttpRequest): QueryParams {
  if (request.method !== 'POST') return new Map(request.query);
  const pairs = request.body
    .toString('utf8')
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair): [string, string] => {
      const [name = '', ...value] = pair.replaceAll('+', ' ').split('=');
      return [percentDecode(name), percentDecode(value.join('='))];
    });
  return new Map(pairs);
}

/** Reads a list such as `Tags.member.1.Key`, item by item, in order of its numbers; the item itself is at `''`. */
export function readList(params: QueryParams, name: string): readonly QueryParams[] {
  const items = new Map<number, Map<string, string>>();
  for (const [key, value] of params) {
    if (!key.startsWith(`${name}.member.`)) continue;
    const [, index, rest = ''] = /^(\d+)(?:\.(.*))?$/.exec(key.slice(name.length + 8)) ?? [];
    if (index === undefined) continue;
    const item = items.get(Number(index)) ?? new Map<string, string>();
    items.set(Number(index), item.set(rest, value));
  }
  return [...items.entries()].sort(([a], [b]) => a - b).map(([, item]) => item);
}

/** Reads a list of texts. */
export const readTexts = (params: QueryParams, name: string): readonly string[] =>
  readList(params, name).map((item) => item.get('') ?? '');

/** Writes a result as the services with the Query protocol do. */
export const queryResult = (operation: string, xmlns: string, result: XmlValue, requestId: string): string =>
  `<${operation}Response xmlns="${xmlns}">${toXml(
    { [`${operation}Result`]: result, ResponseMetadata: { RequestId: requestId } },
    'member',
  )}</${operation}Response>`;

/** Writes an error as the services with the Query protocol do. */
export const queryError = (
  error: { readonly code: string; readonly message: string; readonly status: number },
  xmlns: string,
  requestId: string,
): string =>
  `<ErrorResponse xmlns="${xmlns}">${toXml(
    {
      Error: { Type: error.status < 500 ? 'Sender' : 'Receiver', Code: error.code, Message: error.message },
      RequestId: requestId,
    },
    'member',
  )}</ErrorResponse>`;
