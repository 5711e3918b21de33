import { availableParallelism } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMPILERS, type Compilation, compile, errorsIn } from './compilers.ts';
import { inTurns } from './in-turns.ts';
import { createUserProject, type UserProject } from './user-project.ts';

/** Clients whose declarations are small save the first's, and whose names are of every shape. The third is an old version. */
const CLIENTS = [
  { name: 's3', packageName: '@aws-sdk/client-s3', className: 'S3Client' },
  { name: 'sqs', packageName: '@aws-sdk/client-sqs', className: 'SQSClient' },
  {
    name: 'codestarNotifications',
    packageName: '@aws-sdk/client-codestar-notifications',
    className: 'CodestarNotificationsClient',
  },
  { name: 'stepfunctions', packageName: '@aws-sdk/client-sfn', className: 'SFNClient' },
  {
    name: 'elbv2',
    packageName: '@aws-sdk/client-elastic-load-balancing-v2',
    className: 'ElasticLoadBalancingV2Client',
  },
  { name: 'mq', packageName: '@aws-sdk/client-mq', className: 'MqClient' },
  { name: 'secretsManager', packageName: '@aws-sdk/client-secrets-manager', className: 'SecretsManagerClient' },
] as const;

const FILES: Readonly<Record<string, Compilation['files']>> = {
  nodenext: ['right.mts', 'right.cts', 'wrong.mts'],
  bundler: ['right.mts', 'wrong.mts'],
};

/**
 * TypeScript 7, which is fast, with everything. The compilers written in JavaScript take several seconds each time: they meet every
 * setting of modules and `skipLibCheck` once, two of them without a client and two with 3, and with 7 one setting, another one for
 * each compiler. ec2 is left out, since it costs more than the seven.
 */
const CASES = COMPILERS.flatMap((compiler, which) =>
  [0, 3, 7].flatMap((clients) =>
    (['nodenext', 'bundler'] as const).flatMap((resolution) =>
      [false, true].map((skipLibCheck) => ({ clients, compiler, resolution, skipLibCheck, which })),
    ),
  ),
).filter(({ clients, compiler, resolution, skipLibCheck, which }) => {
  if (compiler === '7') return true;
  const isFirstPair = (resolution === 'nodenext') !== skipLibCheck;
  if (clients < 7) return isFirstPair === ((clients === 0) === (which === 1));
  return isFirstPair === (which !== 1) && skipLibCheck === (which === 2);
});

const projects = new Map<number, UserProject>();
const printed = new Map<string, string>();
const keyOf = (one: (typeof CASES)[number]): string => JSON.stringify(one);

beforeAll(async () => {
  for (const count of [0, 3, 7]) projects.set(count, projectWith(count));
  const jobs = CASES.map((one) => async () => {
    const compilation = { ...one, files: FILES[one.resolution] ?? [] };
    printed.set(keyOf(one), await compile(projects.get(one.clients) as UserProject, compilation));
  });
  await inTurns(jobs, availableParallelism());
});

afterAll(() => {
  for (const project of projects.values()) project.remove();
});

describe.each(CASES)('TypeScript $compiler, $resolution, skipLibCheck $skipLibCheck, $clients clients', (one) => {
  it('gives each client its class, and refuses what is wrong in words that help', () => {
    const expected = WRONG.filter(({ needs }) => needs <= one.clients);
    const errors = errorsIn(printed.get(keyOf(one)) ?? '');
    expect(errors).toEqual(expected.map(({ says }) => expect.stringContaining(says)));
    expect(errors.every((error) => error.startsWith('wrong.mts('))).toBe(true);
  });
});

/** What must be an error, in the order of its lines. */
const WRONG = [
  {
    needs: 0,
    code: "export const missing = serviceClient(session, 'ec2').send;",
    says: `Property 'send' does not exist on type 'NotInstalled<"npm install @aws-sdk/client-ec2">'.`,
  },
  {
    needs: 0,
    code: "export const alias = (await loadServiceClient(session, 'ce')).send;",
    says: `Property 'send' does not exist on type 'NotInstalled<"npm install @aws-sdk/client-cost-explorer">'.`,
  },
  { needs: 0, code: "serviceClient(session, 's33');", says: `Argument of type '"s33"' is not assignable` },
  { needs: 0, code: 'SERVICES.s33;', says: "Property 's33' does not exist" },
  { needs: 0, code: "lightly(session, 's33');", says: `Argument of type '"s33"' is not assignable` },
  {
    needs: 3,
    code: "serviceClient(session, 'sqs', { forcePathStyle: true });",
    says: "'forcePathStyle' does not exist in type",
  },
  {
    needs: 3,
    code: "serviceClient(session, 's3', { forcePathStyl: true });",
    says: "'forcePathStyl' does not exist in type",
  },
  {
    needs: 3,
    code: "serviceClient(session, 's3', {}, { services: { s3: () => import('@aws-sdk/client-sqs') } });",
    says: 'is not assignable to type',
  },
];

function projectWith(count: number): UserProject {
  const installed = CLIENTS.slice(0, count);
  const project = createUserProject({
    packages: ['@bsm/services'],
    clients: installed.map(({ packageName }) => packageName),
  });
  const right = [...HEAD, ...RIGHT, ...installed.flatMap(rightFor)].join('\n');
  project.write('right.mts', right);
  project.write('right.cts', right);
  project.write(
    'wrong.mts',
    [...HEAD, ...WRONG.filter(({ needs }) => needs <= count).map(({ code }) => code)].join('\n'),
  );
  return project;
}

const HEAD = [
  "import type { Session } from '@bsm/core-cache';",
  "import { loadServiceClient, type NotInstalled, SERVICES, type ServiceClientOf, type ServiceClientProperties, serviceClient } from '@bsm/services';",
  "import { type LightClient, serviceClient as lightly } from '@bsm/services/names';",
  'declare const session: Session;',
];

const RIGHT = [
  'type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;',
  "type No = NotInstalled<'npm install @aws-sdk/client-ec2'>;",
  "export const ec2: Same<ServiceClientOf<'ec2'>, No> = true;",
  "export const ec2Client: Same<ServiceClientProperties['ec2Client'], No> = true;",
  "export const called: Same<ReturnType<typeof serviceClient<'ec2'>>, No> = true;",
  "export const light: LightClient = lightly(session, 'ec2', { anything: true });",
  'export const entry: string = SERVICES.ec2.packageName;',
  "export const loading: Promise<No> = loadServiceClient(session, 'ec2');",
];

function rightFor({ name, packageName, className }: (typeof CLIENTS)[number]): string[] {
  const client = `import('${packageName}').${className}`;
  return [
    `const its_${name} = serviceClient(session, '${name}', { maxAttempts: 2, endpoint: undefined });`,
    `export const is_${name}: Same<typeof its_${name}, ${client}> = true;`,
    `export const loads_${name}: Promise<${client}> = loadServiceClient(session, '${name}', {}, { resolveFrom: undefined });`,
    `export const light_${name}: ${client} = lightly<${client}>(session, '${name}');`,
  ];
}
