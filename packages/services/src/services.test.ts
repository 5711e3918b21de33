import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { serviceName, serviceNames } from './service-names.js';
import { SERVICES } from './services.js';

describe('SERVICES', () => {
  it('has the 423 packages of the 424 services of boto3, 73 of them unconfirmed', () => {
    const entries = Object.values(SERVICES);
    expect(entries).toHaveLength(423);
    expect(new Set(entries.map(({ packageName }) => packageName)).size).toBe(423);
    expect(entries.filter(({ confirmed }) => !confirmed)).toHaveLength(73);
    expect(entries.flatMap(({ aliases }) => aliases)).toHaveLength(363);
  });

  it.each([
    { name: 's3', packageName: '@aws-sdk/client-s3', clientName: 'S3Client', boto3Name: 's3', aliases: [] },
    {
      name: 'cloudwatchLogs',
      packageName: '@aws-sdk/client-cloudwatch-logs',
      clientName: 'CloudWatchLogsClient',
      boto3Name: 'logs',
      aliases: ['logs', 'cloudwatchlogs'],
    },
    {
      name: 'sfn',
      packageName: '@aws-sdk/client-sfn',
      clientName: 'SFNClient',
      boto3Name: 'stepfunctions',
      aliases: ['stepfunctions'],
    },
    {
      name: 'elasticLoadBalancingV2',
      packageName: '@aws-sdk/client-elastic-load-balancing-v2',
      clientName: 'ElasticLoadBalancingV2Client',
      boto3Name: 'elbv2',
      aliases: ['elbv2', 'elasticloadbalancingv2'],
    },
    {
      name: 'codestarNotifications',
      packageName: '@aws-sdk/client-codestar-notifications',
      clientName: 'CodestarNotificationsClient',
      boto3Name: 'codestar-notifications',
      aliases: ['codestar-notifications', 'codestarnotifications'],
    },
    {
      name: 'pinpointSmsVoice',
      packageName: '@aws-sdk/client-pinpoint-sms-voice',
      clientName: 'PinpointSMSVoiceClient',
      boto3Name: 'pinpoint-sms-voice',
      aliases: ['pinpoint-sms-voice', 'pinpointsmsvoice', 'sms-voice'],
    },
    {
      name: 'bedrockAgent',
      packageName: '@aws-sdk/client-bedrock-agent',
      clientName: 'BedrockAgentClient',
      boto3Name: 'bedrock-agent',
      aliases: ['bedrock-agent', 'agentsforbedrock'],
    },
  ] as const)('knows $name', ({ name, ...entry }) => {
    expect(SERVICES[name]).toEqual({ ...entry, confirmed: true });
  });

  it('says which package could not be confirmed', () => {
    expect(SERVICES.b2bi).toEqual({
      packageName: '@aws-sdk/client-b2bi',
      clientName: 'B2biClient',
      boto3Name: 'b2bi',
      aliases: [],
      confirmed: false,
    });
  });

  it('has no member that is not a service', () => {
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'logs']) {
      expect(Reflect.get(SERVICES, name)).toBeUndefined();
      expect(name in SERVICES).toBe(false);
    }
    expect(Object.keys(SERVICES)).toEqual(serviceNames());
    expect({ ...SERVICES }).toHaveProperty('s3.clientName', 'S3Client');
  });

  it('cannot be changed', () => {
    const services = SERVICES as Record<string, unknown>;
    expect(Reflect.set(services, 's3', {})).toBe(false);
    expect(Reflect.deleteProperty(services, 's3')).toBe(false);
    expect(Reflect.defineProperty(services, 'mine', { value: 1 })).toBe(false);
    expect(Reflect.setPrototypeOf(services, {})).toBe(false);
    expect(Object.isFrozen(SERVICES)).toBe(true);
    expect(SERVICES.s3.clientName).toBe('S3Client');
  });

  it('has no member that can be changed', () => {
    for (const entry of Object.values(SERVICES)) {
      expect(Object.isFrozen(entry)).toBe(true);
      expect(Object.isFrozen(entry.aliases)).toBe(true);
    }
    expect(Reflect.set(SERVICES.s3, 'packageName', 'another')).toBe(false);
    expect(() => (SERVICES.cloudwatchLogs.aliases as string[]).push('mine')).toThrow(TypeError);
    expect(serviceName('mine')).toBeUndefined();
  });

  it('is printed with its services', () => {
    expect(inspect(SERVICES, { maxStringLength: 20 })).toContain('accessanalyzer');
    expect(JSON.parse(JSON.stringify(SERVICES))).toHaveProperty('ec2.clientName', 'EC2Client');
  });
});

describe('serviceName', () => {
  it.each([
    ['s3', 's3'],
    ['logs', 'cloudwatchLogs'],
    ['cloudwatchlogs', 'cloudwatchLogs'],
    ['cognito-idp', 'cognitoIdentityProvider'],
    ['ce', 'costExplorer'],
    ['sms-voice', 'pinpointSmsVoice'],
    ['S3', undefined],
    ['constructor', undefined],
    ['__proto__', undefined],
    ['', undefined],
  ])('of %j is %j', (spelling, name) => {
    expect(serviceName(spelling)).toBe(name);
  });
});
