import { createSession } from '@bsm/core-cache';
import { describe, expect, it, vi } from 'vitest';
import { useFakeAws } from './fixtures/fake-aws-sessions.js';
import { printWhoAmI } from './print-who-am-i.js';

const ACCOUNT = '123456789012';
const fake = useFakeAws();

describe('printWhoAmI', () => {
  it('writes the masked lines at once, ended by a newline', async () => {
    const session = fake.sessionOf(fake.aws.addAccount({ accountId: ACCOUNT, alias: 'my-alias' }).rootArn);
    const texts: string[] = [];
    await printWhoAmI(session, { stream: { write: (text) => texts.push(text) } });

    expect(texts).toEqual([
      `User Id = 12*******12
AWS Account Id = 12********12
Principal Arn = arn:aws:iam::12********12:root
AWS Account Alias = my-alias
AWS Region = us-east-1
`,
    ]);
  });

  it('writes to the standard output by default', async () => {
    const session = fake.sessionOf(fake.aws.addAccount({ accountId: ACCOUNT }).rootArn);
    const texts: unknown[] = [];
    const write = vi.spyOn(process.stdout, 'write').mockImplementation((text, done) => {
      texts.push(text);
      (done as unknown as () => void)();
      return true;
    });
    const options = { masked: false, format: 'columns', accountAlias: false } as const;
    await printWhoAmI(session, options).finally(() => write.mockRestore());

    expect(texts).toEqual([
      `Account: 123456789012
Region:  us-east-1
Root:    root
UserId:  123456789012
Arn:     arn:aws:iam::123456789012:root
`,
    ]);
    expect(fake.aws.count('ListAccountAliases')).toBe(0);
  });

  it('writes nothing when it fails', async () => {
    const session = fake.sessionOf(fake.aws.addAccount({ accountId: ACCOUNT }).rootArn);
    fake.aws.fault({ kind: '500', service: 'sts' });
    const texts: string[] = [];

    await expect(printWhoAmI(session, { stream: { write: (text) => texts.push(text) } })).rejects.toMatchObject({
      code: 'ERR_BSM_SERVICE_FAILED',
    });
    expect(texts).toEqual([]);
  });

  it.each([
    [{ stream: {} }, 'stream'],
    [{ stream: null }, 'stream'],
    [{ masked: 1 }, 'masked'],
    [{ format: 'json' }, 'format'],
    [{ accountAlias: 'no' }, 'accountAlias'],
    [{ color: true }, 'color'],
  ])('refuses %o before any call', async (options, option) => {
    const session = createSession({ credentials: () => Promise.reject(new Error('asked')), region: 'us-east-1' });

    await expect(printWhoAmI(session, options as object)).rejects.toMatchObject({
      code: 'ERR_BSM_OPTION_INVALID',
      details: { option },
    });
  });
});
