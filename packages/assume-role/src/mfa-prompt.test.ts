import { STSClient } from '@aws-sdk/client-sts';
import { createSession, type MfaTokenProvider } from '@bsm/core-cache';
import { describe, expect, it } from 'vitest';
import { assumeRole } from './assume-role.js';
import { createAssumeRole } from './create-assume-role.js';
import { HOUR_MS, startFakeWorld } from './fixtures/fake-world.js';
import { createGate } from './fixtures/gate.js';
import { pythonCases } from './fixtures/python-cases.js';
import { EXAMPLE_KEYS, startStubSts } from './fixtures/stub-sts.js';
import { mfaCommand } from './mfa-command.js';

const roleArn = 'arn:aws:iam::123456789012:role/deploy';
const serialNumber = 'arn:aws:iam::123456789012:mfa/alice';

describe('mfa.token', () => {
  it('is asked once for all clients and callers, and once per lifetime', async () => {
    await using world = await startFakeWorld();
    const { arn } = world.addRole('deploy', { mfa: true });
    const device = world.alice.mfaDevice!;
    const asked: string[] = [];
    const token: MfaTokenProvider = (serial) => {
      asked.push(serial);
      return device.code();
    };
    const session = assumeRole(world.session, { roleArn: arn, mfa: { serialNumber: device.serialNumber, token } });
    const clients = Array.from({ length: 3 }, () => new STSClient(world.plain(session)));
    for (let lifetimes = 1; lifetimes <= 3; lifetimes++) {
      await Promise.all(clients.flatMap(({ config }) => [1, 2, 3].map(() => config.credentials())));
      expect(asked).toHaveLength(lifetimes);
      expect(world.aws.count('AssumeRole')).toBe(lifetimes);
      world.aws.clock.advance(HOUR_MS);
    }
    expect(new Set(asked)).toEqual(new Set([device.serialNumber]));
    for (const client of clients) client.destroy();
  });

  it('is never asked ahead of time, since nobody may be there', async () => {
    using sts = startStubSts();
    let asked = 0;
    const token = (): string => String(100_000 + ++asked);
    const session = createAssumeRole(sts)(sts.session, { roleArn, mfa: { serialNumber, token } });
    const first = await session.credentials();
    sts.clock.advance(HOUR_MS - 61_000);
    expect(await session.credentials()).toBe(first);
    expect(asked).toBe(1);
  });

  it('may take its time: the time of a person does not count against the deadline', async () => {
    using sts = startStubSts();
    const gate = createGate<string>();
    const mfa = { serialNumber, token: () => gate.promise, timeoutMs: 60_000 };
    const session = createAssumeRole(sts)(sts.session, { roleArn, mfa, refresh: { timeoutMs: 5_000 } });
    const waiting = session.credentials();
    await sts.clock.advanceAsync(64_000);
    gate.open('123456');
    expect((await waiting).accessKeyId).toMatch(/^ASIA/);
  });

  it('has an end all the same', async () => {
    using sts = startStubSts();
    let aborted: AbortSignal | undefined;
    const token: MfaTokenProvider = (_, { signal }) => {
      aborted = signal;
      return new Promise(() => {});
    };
    const mfa = { serialNumber, token, timeoutMs: 60_000 };
    const session = createAssumeRole(sts)(sts.session, { roleArn, mfa, refresh: { timeoutMs: 5_000 } });
    const outcome = session.credentials().catch((error: unknown) => error);
    await sts.clock.advanceAsync(65_000);
    expect(await outcome).toMatchObject({ code: 'ERR_BSM_REFRESH_TIMEOUT' });
    expect(aborted?.aborted).toBe(true);
    expect(sts.calls).toHaveLength(0);
  });

  it('serves one call when it is text, and none for another role of the device', async () => {
    using sts = startStubSts();
    const assume = createAssumeRole(sts);
    const mfa = { serialNumber, token: '123456' };
    const [one, other] = [assume(sts.session, { roleArn, mfa }), assume(sts.session, { roleArn, mfa })];
    await one.credentials();
    const required = { code: 'ERR_BSM_MFA_REQUIRED', retryable: false };
    await expect(other.credentials()).rejects.toMatchObject(required);
    sts.clock.advance(HOUR_MS);
    await expect(one.credentials()).rejects.toMatchObject(required);
    expect(sts.calls).toHaveLength(1);
    expect(sts.calls[0]?.parameters).toMatchObject({ SerialNumber: serialNumber, TokenCode: '123456' });
  });

  it('waits for the next code of the device when another role used this one', async () => {
    using sts = startStubSts();
    sts.clock.set(new Date('2026-01-01T00:00:10Z'));
    const codes = new Map([
      [0, '111111'],
      [1, '222222'],
    ]);
    const firstStep = Math.floor(sts.clock.now() / 30_000);
    const token = (): string => codes.get(Math.floor(sts.clock.now() / 30_000) - firstStep) ?? 'none';
    const assume = createAssumeRole(sts);
    const [one, other] = [1, 2].map(() => assume(sts.session, { roleArn, mfa: { serialNumber, token } }));
    await one!.credentials();
    const waiting = other!.credentials();
    await sts.clock.advanceAsync(19_999);
    expect(sts.calls).toHaveLength(1);
    await sts.clock.advanceAsync(1);
    await waiting;
    expect(sts.calls.map(({ parameters }) => parameters.TokenCode)).toEqual(['111111', '222222']);
  });

  it('may give the same code in another lifetime', async () => {
    using sts = startStubSts();
    const session = createAssumeRole(sts)(sts.session, { roleArn, mfa: { serialNumber, token: () => '123456' } });
    await session.credentials();
    sts.clock.advance(HOUR_MS);
    await session.credentials();
    expect(sts.calls).toHaveLength(2);
  });

  it('is not asked when the source has no credentials', async () => {
    using sts = startStubSts();
    const failing = async (): Promise<never> => {
      throw new Error('signed out');
    };
    using source = createSession({ credentials: failing, region: 'us-east-1' });
    let asked = 0;
    const mfa = { serialNumber, token: () => String(++asked) };
    await expect(createAssumeRole(sts)(source, { roleArn, mfa }).credentials()).rejects.toThrow('signed out');
    expect(asked).toBe(0);
  });

  it('is asked by each role of a chain in turn', async () => {
    using sts = startStubSts();
    const assume = createAssumeRole(sts);
    let asking = 0;
    let most = 0;
    let code = 100_000;
    const token = async (): Promise<string> => {
      most = Math.max(most, ++asking);
      await new Promise((resolve) => setImmediate(resolve));
      asking--;
      return String(++code);
    };
    const sessions = Array.from({ length: 4 }, () => assume(sts.session, { roleArn, mfa: { serialNumber, token } }));
    await Promise.all(sessions.map((session) => session.credentials()));
    expect(most).toBe(1);
    expect(new Set(sts.calls.map(({ parameters }) => parameters.TokenCode)).size).toBe(4);
  });

  it('asks again after a code that STS refused', async () => {
    await using world = await startFakeWorld({ clientDefaults: { maxAttempts: 1 } });
    const { arn } = world.addRole('deploy', { mfa: true });
    const device = world.alice.mfaDevice!;
    const codes = [String((Number(device.code()) + 1) % 1_000_000).padStart(6, '0'), device.code()];
    const mfa = { serialNumber: device.serialNumber, token: () => codes.shift()! };
    const session = assumeRole(world.session, { roleArn: arn, mfa });
    await expect(session.credentials()).rejects.toMatchObject({ code: 'ERR_BSM_ACCESS_DENIED' });
    world.aws.clock.advance(5_000);
    await session.credentials();
    expect(codes).toHaveLength(0);
  });

  it('may be a command', async () => {
    await using world = await startFakeWorld();
    const { arn } = world.addRole('deploy', { mfa: true });
    const device = world.alice.mfaDevice!;
    const token = mfaCommand([process.execPath, '-p', `'OTP ${device.code()}'`]);
    const session = assumeRole(world.session, { roleArn: arn, mfa: { serialNumber: device.serialNumber, token } });
    expect((await session.credentials()).accountId).toBe('444455556666');
  });

  it('is reported as it is when it fails with an error of these packages', async () => {
    using sts = startStubSts();
    const mfa = { serialNumber, token: mfaCommand(['no-such-program-of-bsm']) };
    const error = await createAssumeRole(sts)(sts.session, { roleArn, mfa })
      .credentials()
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'ERR_BSM_MFA_COMMAND_FAILED', details: { reason: 'not-found' } });
  });

  it('is reported typed when it fails otherwise', async () => {
    using sts = startStubSts();
    const token = (): string => {
      throw new TypeError('the dialog was closed');
    };
    const session = createAssumeRole(sts)(sts.session, { roleArn, mfa: { serialNumber, token } });
    const error = await session.credentials().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'ERR_BSM_REFRESH_FAILED', retryable: true });
    expect((error as Error).cause).toMatchObject({ name: 'TypeError', message: 'the dialog was closed' });
  });

  // What boto3-refresh-session lets through is refused: no code at all, and digits that AWS does not take. Blanks are no fault.
  const mended = new Map([
    [' 123456', true],
    [null, false],
    ['１２３４５６', false],
  ] as const);
  const recorded = pythonCases().mfaCallableResult.map(({ returns, expect: { TokenCode_sent } }) => ({
    returns,
    sent: (mended as Map<unknown, boolean>).get(returns) ?? typeof TokenCode_sent === 'string',
  }));
  const junk = [undefined, '', 'your code is 123456', '123 456', '123456\n654321', 123_456n, ['123456']].map(
    (returns) => ({ returns, sent: false }),
  );
  const trimmed = ['123456\n', '\t000000 \r\n'].map((returns) => ({ returns, sent: true }));

  it.each([...recorded, ...junk, ...trimmed])(
    'sent: $sent, for a function that returns $returns',
    async ({ returns, sent }) => {
      using sts = startStubSts();
      const mfa = { serialNumber, token: () => returns as string };
      const outcome = createAssumeRole(sts)(sts.session, { roleArn, mfa }).credentials();
      if (sent) await outcome;
      else await expect(outcome).rejects.toMatchObject({ code: 'ERR_BSM_MFA_CODE_INVALID' });
      expect(sts.calls.map(({ parameters }) => parameters.TokenCode)).toEqual(sent ? [String(returns).trim()] : []);
    },
  );

  it('does not mix the devices of two roots', async () => {
    using one = startStubSts();
    using other = createSession({ credentials: EXAMPLE_KEYS, region: 'us-east-1' });
    const mfa = { serialNumber, token: '123456' };
    const assume = createAssumeRole(one);
    await assume(one.session, { roleArn, mfa }).credentials();
    await assume(other, { roleArn, mfa }).credentials();
    expect(one.calls).toHaveLength(2);
  });
});
