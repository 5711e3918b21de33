import { expect, test } from 'vitest';
import { runOffline } from './offline.js';
import { createOutput } from './output.js';

test('the demo shows what it promises', async () => {
  const written: string[] = [];
  await runOffline(createOutput({ write: (text) => written.push(text) }, {}));
  const lines = written.join('').split('\n');
  const fact = (name: string): string[] =>
    lines.filter((line) => line.trim().startsWith(name)).map((line) => line.trim().slice(name.length).trim());

  expect(lines).toContain('  Principal Arn = arn:aws:iam::11********33:user/alice');
  expect(fact('AssumeRole calls, three hops')).toEqual(['3']);
  expect(fact('AssumeRole calls: one role, a session of bsm')).toEqual(['1']);
  expect(fact('AssumeRole calls: one role, fromTemporaryCredentials')).toEqual(['50']);
  expect(fact('AssumeRole calls: three roles, a session of bsm')).toEqual(['3']);
  expect(fact('AssumeRole calls: three roles, fromTemporaryCredentials')).toEqual(['150']);
  expect(fact('AssumeRole calls: plain SDK clients given session.credentials')).toEqual(['1']);
  expect(fact('Requests served')).toEqual(fact('Requests sent'));
  expect(fact('AssumeRole calls')).toContain('3');
  expect(lines.some((line) => line.startsWith('  ERR_BSM_ACCESS_DENIED  retryable: false'))).toBe(true);
  expect(fact('Buckets, of the last of them')).toEqual(['2']);
  expect(fact('Scopes that saw another identity')).toEqual(['0']);
  expect(lines.filter((line) => line.trim().startsWith('ok'))).toHaveLength(3);
  expect(lines.filter((line) => /^ {2}The child was .*:assumed-role\/(hub|worker)\/demo$/.test(line))).toHaveLength(2);
  expect(fact('Requests that failed')).toEqual(['0']);
  expect(Number(fact('Sets of credentials that it saw')[0])).toBeGreaterThan(3);
  expect(lines.join('\n')).not.toMatch(/\b\d{12}\b/);
}, 60_000);
