import type { decodeServices } from '../../packages/services/src/decode-services.ts';
import type { ServiceFacts } from './read-service-facts.ts';

type Services = ReturnType<typeof decodeServices>;

/** Writes the list of all services as `docs/services.md` has it. */
export function formatServicesDocument(facts: readonly ServiceFacts[], services: Services): string {
  const entries = [...services.values()];
  const unconfirmed = entries.filter(({ confirmed }) => !confirmed).length;
  const renamed = facts.filter(({ boto3, botoSessionManager }) => (botoSessionManager ?? boto3) !== boto3).length;
  const aliases = entries.reduce((sum, entry) => sum + entry.aliases.length, 0);
  const rows = [...services].map(([name, entry]) => {
    const spellings = entry.aliases.map((alias) => `\`${alias}\``).join(', ');
    const packageName = `\`${entry.packageName}\`${entry.confirmed ? '' : ' *'}`;
    return `| \`${name}\` | ${packageName} | \`${entry.clientName}\` | ${spellings} |`;
  });
  return `# Services

<!-- Generated from packages/services/data/services.tsv: run \`npx -y pnpm@12.21.0 run docs:services\`. -->

The ${services.size} services that \`serviceClient(session, name)\` of \`@bsm/services\` knows. A name is the suffix of the package in camelCase. The
${aliases} other spellings are those of boto3 and of boto_session_manager where they differ; they are accepted and typed as well.

The names of boto3 (${facts.length}; \`sms-voice\` and \`pinpoint-sms-voice\` are one package) and the ids of the services come from the service models of botocore
1.43.11, the other spellings from the properties of boto_session_manager 2.0.1, where ${renamed} are not boto3's. Packages and classes follow
from the id of the service by the rule of the AWS SDK for JavaScript v3. ${unconfirmed} packages, marked with *, were not in the list of the npm registry
that was at hand (November 2026): they may be new, seldom used, or not published.

| name | package | class | aliases |
| ---- | ------- | ----- | ------- |
${rows.join('\n')}
`;
}
