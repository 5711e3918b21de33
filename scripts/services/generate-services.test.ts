import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../workspace.ts';
import { encodeServices } from './encode-services.ts';
import { FACTS, generateServices } from './generate-services.ts';
import { readServiceFacts } from './read-service-facts.ts';

const facts = readFileSync(join(ROOT, FACTS), 'utf8');
const row = (fields: Partial<ReturnType<typeof readServiceFacts>[number]> = {}) => ({
  boto3: 'logs',
  serviceId: 'CloudWatch Logs',
  packageName: '@aws-sdk/client-cloudwatch-logs',
  clientName: 'CloudWatchLogsClient',
  botoSessionManager: 'cloudwatchlogs',
  confirmed: true,
  ...fields,
});

describe('generateServices', () => {
  it.each(Object.entries(generateServices(facts)))('makes %s as it is', (path, text) => {
    // Run scripts/write-services.ts after a change of the facts.
    expect(readFileSync(join(ROOT, path), 'utf8')).toBe(text);
  });

  it('keeps the comment that lets a package be absent on the line above its type', () => {
    const registry = generateServices(facts)['packages/services/src/service-registry.d.cts'] ?? '';
    const lines = registry.split('\n');
    const types = lines.flatMap((line, index) => (line.includes("import('") ? [lines[index - 1]] : []));
    expect(types).toHaveLength(423);
    expect(new Set(types)).toEqual(new Set(['  /** @ts-ignore optional peer */']));
  });
});

describe('the facts', () => {
  it('are 424 names of boto3 for 423 packages, 191 of which boto_session_manager spells in its own way', () => {
    const rows = readServiceFacts(facts);
    expect(rows).toHaveLength(424);
    expect(new Set(rows.map(({ packageName }) => packageName)).size).toBe(423);
    expect(rows.filter(({ boto3, botoSessionManager }) => (botoSessionManager ?? boto3) !== boto3)).toHaveLength(191);
  });

  it.each([
    { what: 'a field is missing', line: 'logs\tCloudWatch Logs', says: /Not six fields/ },
    {
      what: 'the last field is another word',
      line: 'a\tA\t@aws-sdk/client-a\tAClient\ta\tno',
      says: /Neither yes nor/,
    },
  ])('are refused when $what', ({ line, says }) => {
    expect(() => readServiceFacts(line)).toThrow(says);
  });
});

describe('encodeServices', () => {
  it('leaves out what follows from the id', () => {
    const plain = row({ serviceId: 'S3', packageName: '@aws-sdk/client-s3', clientName: 'S3Client', boto3: 's3' });
    expect(encodeServices([{ ...plain, botoSessionManager: 's3' }])).toBe('S3');
    expect(encodeServices([row()])).toBe('CloudWatch Logs,logs');
    expect(encodeServices([row({ botoSessionManager: 'cwlogs', confirmed: false })])).toBe(
      '!CloudWatch Logs,logs,cwlogs',
    );
  });

  it.each([
    {
      what: 'the class is another one',
      rows: [row({ clientName: 'CloudwatchLogsClient' })],
      says: /would not say this/,
    },
    {
      what: 'the package is another one',
      rows: [row({ packageName: '@aws-sdk/client-logs' })],
      says: /would not say this/,
    },
    {
      what: 'an alias means two services',
      rows: [
        row(),
        row({ serviceId: 'Logs', packageName: '@aws-sdk/client-logs', clientName: 'LogsClient', boto3: 'l' }),
      ],
      says: /means two services/,
    },
  ])('refuses facts when $what', ({ rows, says }) => {
    expect(() => encodeServices(rows)).toThrow(says);
  });
});
