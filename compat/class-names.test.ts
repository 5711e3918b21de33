import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createSession, type Session } from '@bsm/core-cache';
import { SERVICES, type ServiceName, serviceClient, serviceNames } from '@bsm/services/names';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compile, errorsIn } from './compilers.ts';
import { createUserProject } from './user-project.ts';

const MODULES = new URL('node_modules/', import.meta.url);
const isInstalled = (name: ServiceName): boolean => existsSync(new URL(SERVICES[name].packageName, MODULES));

// A wrong class name of a package that is installed would be as silent as a package that is not.
const installed = serviceNames().filter(isInstalled);

describe('the names of packages and classes', () => {
  let session: Session;

  beforeAll(() => {
    session = createSession({ region: 'eu-west-1', credentials: async () => Promise.reject(new Error('not asked')) });
  });

  afterAll(() => session.close());

  it('are compared with real packages', () => {
    const clients = readdirSync(new URL('@aws-sdk/', MODULES)).filter((name) => name.startsWith('client-'));
    expect(installed).toHaveLength(clients.length);
    expect(installed.length).toBeGreaterThanOrEqual(25);
  });

  it.each(installed)('are those of %s when it runs', (name) => {
    const client = serviceClient(session, name, {}, { resolveFrom: fileURLToPath(import.meta.url) });
    expect(client.constructor).toHaveProperty('name', SERVICES[name].clientName);
    client.destroy();
  });

  it('are those that the compiler sees', async () => {
    const clients = installed.map((name) => SERVICES[name].packageName);
    const project = createUserProject({ packages: ['@bsm/services'], clients });
    try {
      project.write('classes.mts', [HEAD, ...installed.map(assertion)].join('\n'));
      const output = await compile(project, {
        compiler: '7',
        resolution: 'nodenext',
        skipLibCheck: true,
        files: ['classes.mts'],
      });
      expect(errorsIn(output)).toEqual([]);
      expect(output.trim()).toBe('');
    } finally {
      project.remove();
    }
  });
});

const HEAD = `import type { ServiceClients } from '@bsm/services';
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
type IsAny<T> = 0 extends 1 & T ? true : false;`;

function assertion(name: ServiceName): string {
  const { packageName, clientName } = SERVICES[name];
  const type = `import('${packageName}').${clientName}`;
  return `export const ${name}: [Same<ServiceClients['${name}'], ${type}>, IsAny<${type}>] = [true, false];`;
}
