import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Compiler, compile } from './compilers.ts';
import { createUserProject, type UserProject } from './user-project.ts';

const CLIENTS = ['s3', 'sqs', 'sns', 'dynamodb', 'lambda', 'kms', 'secrets-manager'].map(
  (name) => `@aws-sdk/client-${name}`,
);
const LIMIT = 1.1;

const PROGRAM = `import { assumeRole, createSession } from 'PACKAGE';
const roleArn = 'arn:aws:iam::123456789012:role/deploy';
export const keys = await assumeRole(createSession(), { roleArn, durationSeconds: 900 }).credentials();
`;

let project: UserProject;

beforeAll(() => {
  project = createUserProject({ packages: ['bsm', '@bsm/services'], clients: CLIENTS });
  const program = (from: string): string => PROGRAM.replace('PACKAGE', from);
  project.write('umbrella.mts', program('bsm'));
  project.write('own.mts', program('@bsm/assume-role'));
  project.write(
    'registry.mts',
    "import { serviceClient } from '@bsm/services';\nexport const client = serviceClient;\n",
  );
  project.write(
    'names.mts',
    "import { serviceClient } from '@bsm/services/names';\nexport const client = serviceClient;\n",
  );
});

afterAll(() => project.remove());

/** What a compilation counts. Time and memory follow from it; they differ from run to run, so they are printed nowhere and asserted never. */
async function costOf(compiler: Compiler, file: string): Promise<Readonly<Record<string, number>>> {
  const output = await compile(project, {
    compiler,
    resolution: 'nodenext',
    skipLibCheck: true,
    files: [file],
    statistics: true,
  });
  const counts = [...output.matchAll(/^(Files|Identifiers|Symbols|Types|Instantiations):\s+(\d+)$/gm)];
  return Object.fromEntries(counts.map(([, name = '', count]) => [name, Number(count)]));
}

describe.each(['5.9', '7'] as const)('with seven clients installed, TypeScript %s', (compiler) => {
  it('compiles assumeRole from the umbrella as it does from its own package', async () => {
    const own = await costOf(compiler, 'own.mts');
    const umbrella = await costOf(compiler, 'umbrella.mts');
    expect(own['Files']).toBeGreaterThan(50);
    for (const name of ['Files', 'Identifiers', 'Symbols', 'Types']) {
      expect(umbrella[name], name).toBeLessThanOrEqual((own[name] ?? 0) * LIMIT);
    }
  });

  it('reads every client for who imports their types, and none for who imports the names', async () => {
    const names = await costOf(compiler, 'names.mts');
    const registry = await costOf(compiler, 'registry.mts');
    expect(registry['Files']).toBeGreaterThan((names['Files'] ?? 0) + 500);
  });
});
