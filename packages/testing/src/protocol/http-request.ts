/** A request as it came over the wire, with its body read to the end. */
export interface HttpRequest {
  readonly method: string;
  /** The path as it was sent, without the query. */
  readonly path: string;
  /** The query as it was sent, decoded, in its order. */
  readonly query: readonly (readonly [name: string, value: string])[];
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
}

/** Splits a request target into path and decoded query; a malformed percentEncode is left as it is. */
export function parseTarget(target: string): Pick<HttpRequest, 'path' | 'query'> {
  const mark = target.indexOf('?');
  if (mark === -1) return { path: target, query: [] };
  const query = target
    .slice(mark + 1)
    .split('&')
    .filter((part) => part !== '')
    .map((part): readonly [string, string] => {
      const equals = part.indexOf('=');
      return equals === -1
        ? [percentDecode(part), '']
        : [percentDecode(part.slice(0, equals)), percentDecode(part.slice(equals + 1))];
    });
  return { path: target.slice(0, mark), query };
}

/** The value of a query parameter, the first one when it is repeated. */
export const queryValue = (request: HttpRequest, name: string): string | undefined =>
  request.query.find(([key]) => key === name)?.[1];

/** Decodes percent escapes; text with a malformed one comes back unchanged. */
export function percentDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
