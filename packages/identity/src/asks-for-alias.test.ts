import { describe, expect, it } from 'vitest';
import { asksForAlias } from './asks-for-alias.js';
import { parsePrincipal } from './parse-principal.js';
import recorded from './recorded-cases.json' with { type: 'json' };

const { identity, cases } = recorded.whoamiDisableAlias;

describe('asksForAlias', () => {
  it.each(cases)('does for disable_account_alias $disable what aws-whoami does or should ($status)', (row) => {
    const { accountId, name, roleSessionName } = parsePrincipal(identity);
    // Its flag says when not to ask. A list that does not match leaves the flag set there, so that nothing is asked.
    const choice = typeof row.disable === 'boolean' ? !row.disable : row.disable;
    const expected = row.status === 'upstream-bug' || row.clientsCreated.includes('iam');

    expect(asksForAlias(choice, accountId, [name, identity, roleSessionName])).toBe(expected);
  });

  it.each([
    ['the session name', ['sess'], false],
    ['one of several', ['x', '', 'my-role'], false],
    ['the middle of the account', ['456'], true],
    ['the beginning of the name', ['my'], true],
    ['nobody', [], true],
  ])('knows %s', (_, list, expected) => {
    expect(asksForAlias(list, '123456789012', ['my-role', identity, 'sess'])).toBe(expected);
  });
});
