import { decodeServices } from '../../packages/services/src/decode-services.ts';
import { encodeServices } from './encode-services.ts';
import { formatServicesDocument } from './format-services-document.ts';
import { readServiceFacts } from './read-service-facts.ts';

/** Where the facts are. */
export const FACTS = 'packages/services/data/services.tsv';

/** Makes every file that is generated from the facts about services, by its path in the repository. */
export function generateServices(facts: string): Readonly<Record<string, string>> {
  const rows = readServiceFacts(facts);
  const table = encodeServices(rows);
  const services = decodeServices(table);
  return {
    'packages/services/src/service-table.ts': tableSource(table),
    'packages/services/src/service-name.ts': nameSource(services),
    'packages/services/src/service-registry.d.cts': registrySource(services),
    'docs/services.md': formatServicesDocument(rows, services),
  };
}

type Services = ReturnType<typeof decodeServices>;

const GENERATED = `// Generated from ${FACTS.replace('packages/services/', '')} by scripts/write-services.ts.\n`;

function tableSource(table: string): string {
  return `${GENERATED}
/** Every service, encoded: see \`decodeServices\`. */
export const SERVICE_TABLE: string = \`${table}\`;
`;
}

function nameSource(services: Services): string {
  const aliases = [...services].flatMap(([name, entry]) => entry.aliases.map((alias) => [alias, name] as const));
  const names = [...services.keys()].map((name) => `  | '${name}'`);
  const members = aliases
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([alias, name]) => {
      const key = /^[a-z][a-z\d]*$/.test(alias) ? alias : `'${alias}'`;
      return `  readonly ${key}: '${name}';`;
    });
  return `${GENERATED}
/** The name of a service: the suffix of its package in camelCase, such as \`cloudwatchLogs\` of \`@aws-sdk/client-cloudwatch-logs\`. */
export type ServiceName =
${names.join('\n')};

/** What boto3 and boto_session_manager call a service where it is not its {@link ServiceName}. */
export interface ServiceAliases {
${members.join('\n')}
}
`;
}

function registrySource(services: Services): string {
  const members = [...services].map(
    ([name, { packageName, clientName }]) =>
      `  /** @ts-ignore optional peer */\n  ${name}: ['${packageName}', '${clientName}', typeof import('${packageName}').${clientName}];`,
  );
  return `// biome-ignore-all format: a comment speaks for one line, so each member has to stay on its own.
// biome-ignore-all lint/suspicious/noTsIgnore: which packages are installed is different for every user, so nothing can be expected.
${GENERATED}
/**
 * Package, class and type of every client. The type is an unresolved one where the package is not installed.
 *
 * A declaration file of its own, copied to \`dist\` as it is: compilers and bundlers of declarations drop or move comments, and
 * without its comment a package that is not installed is an error in the user's compilation. CommonJS, since both formats may
 * import the types of such a file.
 */
export interface ServiceRegistry {
${members.join('\n')}
}
`;
}
