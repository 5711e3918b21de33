import type { Answer } from '../protocol/answer.js';
import type { FaultRule } from './fault-rule.js';
import { findFault } from './faults.js';

/** Breaks an answer as the faults say: junk, a cut, or the page of a proxy in its place. */
export function spoilAnswer(answer: Answer, faults: readonly FaultRule[]): Answer {
  const html = findFault(faults, 'html');
  if (html !== undefined) {
    const body = '<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>';
    return { status: html.status ?? 502, headers: { 'content-type': 'text/html' }, body, errorCode: undefined };
  }
  const redirect = findFault(faults, 'redirect');
  if (redirect !== undefined) {
    return { status: 302, headers: { location: redirect.location ?? '/' }, body: '', errorCode: undefined };
  }
  const malformed = findFault(faults, 'malformed');
  if (malformed !== undefined) return { ...answer, status: 200, body: malformed.body ?? '<<<this is not XML>' };
  return findFault(faults, 'truncated') === undefined ? answer : { ...answer, body: truncate(answer.body) };
}

/** Cuts behind the secret and a part of the token, where the text of an error would hurt most. */
function truncate(body: string): string {
  const token = /<SessionToken>|"sessionToken":"/.exec(body);
  return body.slice(0, token === null ? Math.floor(body.length / 2) : token.index + token[0].length + 40);
}
