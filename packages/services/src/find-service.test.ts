import { describe, expect, it } from 'vitest';
import { findService } from './find-service.js';
import { nearestNames } from './nearest-names.js';

describe('nearestNames', () => {
  it.each([
    { text: 'cloudwatch-logs', names: ['cloudwatchLogs'] },
    { text: 'S3', names: ['s3'] },
    { text: 's3_client', names: ['s3'] },
    { text: 'CloudWatchLogsClient', names: ['cloudwatchLogs'] },
    { text: 'dynamo_db', names: ['dynamodb'] },
    { text: 'lamdba', names: ['lambda'] },
    { text: 'kinesys', names: ['kinesis'] },
    { text: 'stepfunction', names: ['sfn'] },
    { text: 'cloudformaton', names: ['cloudformation'] },
    { text: 'zz', names: [] },
    { text: 'constructor', names: [] },
    { text: '', names: [] },
    { text: 'x'.repeat(100_000), names: [] },
  ])('of $text', ({ text, names }) => {
    expect(nearestNames(text)).toEqual(names);
  });

  it('gives three at most, the nearest first', () => {
    const names = nearestNames('appsyncs');
    expect(names[0]).toBe('appsync');
    expect(names.length).toBeLessThanOrEqual(3);
  });
});

describe('findService', () => {
  it('names the nearest services, and not what was asked for', () => {
    expect(() => findService('serviceClient', 'lamdba')).toThrow(
      expect.objectContaining({
        code: 'ERR_BSM_SERVICE_UNKNOWN',
        message: 'serviceClient: there is no AWS service of this name. Did you mean "lambda"?',
        details: { suggestions: ['lambda'] },
      }),
    );
  });

  it('says where the names are when none is near', () => {
    expect(() => findService('serviceClient', 'no-such-service-at-all')).toThrow(/keys of SERVICES/);
  });
});
