import type { SessionEvent } from '@bsm/core-cache';
import { describe, expect, it } from 'vitest';
import { createAssumeRole } from './create-assume-role.js';
import { HOUR_MS } from './fixtures/fake-world.js';
import { startStubSts } from './fixtures/stub-sts.js';

const roleArn = 'arn:aws:iam::123456789012:role/deploy';

describe('a session with autoRefresh: false', () => {
  it('serves its credentials to their end without another call, then says so', async () => {
    using sts = startStubSts();
    const session = createAssumeRole(sts)(sts.session, { roleArn, autoRefresh: false });
    const events: SessionEvent['type'][] = [];
    session.subscribe(({ type }) => events.push(type));
    const first = await session.credentials();
    for (const elapsedMs of [HOUR_MS - 10_000, 9_000, 999]) {
      sts.clock.advance(elapsedMs);
      expect(await session.credentials()).toBe(first);
    }
    expect(events).toEqual(['refresh.start', 'refresh.success']);
    expect(session.isExpired()).toBe(false);
    sts.clock.advance(1);
    expect(session.isExpired()).toBe(true);
    for (const elapsedMs of [0, 1, HOUR_MS]) {
      sts.clock.advance(elapsedMs);
      const refused = expect.objectContaining({ code: 'ERR_BSM_CREDENTIALS_EXPIRED', retryable: false });
      await expect(session.credentials()).rejects.toEqual(refused);
    }
    expect(sts.calls).toHaveLength(1);
  });

  it('never asks again, however it is told to', async () => {
    using sts = startStubSts();
    const session = createAssumeRole(sts)(sts.session, {
      roleArn,
      autoRefresh: false,
      refresh: { advisoryWindowMs: 600_000, serveExpired: 'while-refresh-fails' },
    });
    const { accessKeyId } = await session.credentials();
    sts.clock.advance(HOUR_MS - 1_000);
    expect((await session.credentials.refresh()).accessKeyId).toBe(accessKeyId);
    session.credentials.invalidate(accessKeyId);
    expect((await session.credentials()).accessKeyId).toBe(accessKeyId);
    session.clearCache();
    expect((await session.credentials()).accessKeyId).toBe(accessKeyId);
    sts.clock.advance(HOUR_MS);
    await expect(session.credentials()).rejects.toMatchObject({ code: 'ERR_BSM_CREDENTIALS_EXPIRED' });
    expect(sts.calls).toHaveLength(1);
  });

  it('may try again as long as it has nothing', async () => {
    using sts = startStubSts();
    const session = createAssumeRole(sts)(sts.session, { roleArn, autoRefresh: false });
    const { answer } = sts;
    sts.answer = () => ({});
    await expect(session.credentials()).rejects.toMatchObject({ code: 'ERR_BSM_RESPONSE_INVALID' });
    sts.answer = answer;
    await session.credentials();
    expect(sts.calls).toHaveLength(2);
  });
});
