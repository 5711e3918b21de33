import type { ServiceName } from './service-name.js';

/** One AWS service: which package and class of the AWS SDK for JavaScript v3 speak to it, and what else it is called. */
export interface ServiceEntry {
  /** The package that has its client, such as `@aws-sdk/client-cloudwatch-logs`. */
  readonly packageName: string;
  /** The class of the client, such as `CloudWatchLogsClient`. */
  readonly clientName: string;
  /** What boto3 calls the service, such as `logs`. */
  readonly boto3Name?: string | undefined;
  /** The spellings of boto3 and boto_session_manager that are accepted too. */
  readonly aliases: readonly string[];
  /** Whether the npm registry was seen to have the package. False is no proof of absence. */
  readonly confirmed: boolean;
}

/**
 * Reads the table of services: a line has the service's id, its name in boto3 where it is not the package's suffix, its name in
 * boto_session_manager where it is not that suffix without hyphens, and further aliases. `!` marks an unconfirmed package.
 */
export function decodeServices(table: string): ReadonlyMap<ServiceName, ServiceEntry> {
  return new Map(table.trim().split('\n').map(decodeService));
}

function decodeService(line: string): [ServiceName, ServiceEntry] {
  const confirmed = !line.startsWith('!');
  const [serviceId = '', boto3 = '', botoSessionManager = '', ...others] = line.slice(confirmed ? 0 : 1).split(',');
  // By this rule the SDK names its packages and classes; where a word ends cannot be told from the package alone.
  const suffix = serviceId.toLowerCase().replaceAll(' ', '-');
  const clientName = `${serviceId.replace(/(?:^| )(.)/g, (_, first: string) => first.toUpperCase())}Client`;
  const name = suffix.replace(/-(.)/g, (_, first: string) => first.toUpperCase()) as ServiceName;
  const boto3Name = boto3 || suffix;
  const spellings = new Set([boto3Name, botoSessionManager || suffix.replaceAll('-', ''), ...others]);
  spellings.delete(name);
  const aliases = Object.freeze([...spellings]);
  // What is told to be installed must not be changed by who may look at it.
  return [name, Object.freeze({ packageName: `@aws-sdk/client-${suffix}`, clientName, boto3Name, aliases, confirmed })];
}
