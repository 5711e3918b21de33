import { decodeServices, type ServiceEntry } from '../../packages/services/src/decode-services.ts';
import type { ServiceFacts } from './read-service-facts.ts';

/**
 * Writes the table that `decodeServices` of @bsm/services reads, as short as can be, sorted by package.
 *
 * @throws Error when the table would say something else than the facts, or when a name or alias means two services.
 */
export function encodeServices(facts: readonly ServiceFacts[]): string {
  const packages = [...new Set(facts.map(({ packageName }) => packageName))].sort();
  const table = packages.map((name) => encodeService(facts.filter((fact) => fact.packageName === name))).join('\n');
  const services = decodeServices(table);
  for (const fact of facts) assertSays([...services.values()], fact);
  assertUnambiguous(services);
  return table;
}

/** One package: boto3 may know the service by more than one name, and the first that is like the package counts. */
function encodeService(facts: readonly ServiceFacts[]): string {
  const suffix = facts[0]?.packageName.replace('@aws-sdk/client-', '') ?? '';
  const [main, ...others] = [...facts].sort((a, b) => Number(b.boto3 === suffix) - Number(a.boto3 === suffix));
  if (main === undefined) throw new Error('A package without a service.');
  const boto3 = main.boto3 === suffix ? '' : main.boto3;
  const plain = suffix.replaceAll('-', '');
  const botoSessionManager = main.botoSessionManager === plain ? '' : (main.botoSessionManager ?? main.boto3);
  const aliases = others.flatMap((other) => [other.boto3, other.botoSessionManager ?? other.boto3]);
  const fields = [main.serviceId, boto3, botoSessionManager, ...new Set(aliases)];
  return (main.confirmed ? '' : '!') + fields.join(',').replace(/,+$/, '');
}

function assertSays(entries: readonly ServiceEntry[], fact: ServiceFacts): void {
  const entry = entries.find(({ packageName }) => packageName === fact.packageName);
  if (entry?.clientName !== fact.clientName || entry.confirmed !== fact.confirmed) {
    throw new Error(`The table would not say this of ${fact.boto3}: ${JSON.stringify(fact)}`);
  }
}

function assertUnambiguous(services: ReturnType<typeof decodeServices>): void {
  const spellings = [...services].flatMap(([name, { aliases }]) => [name, ...aliases]);
  const twice = spellings.find((spelling, index) => spellings.indexOf(spelling) !== index);
  if (twice !== undefined) throw new Error(`"${twice}" means two services.`);
}
