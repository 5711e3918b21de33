/** One line of `packages/services/data/services.tsv`. */
export interface ServiceFacts {
  readonly boto3: string;
  readonly serviceId: string;
  readonly packageName: string;
  readonly clientName: string;
  /** The spelling of boto_session_manager, where it has the service. */
  readonly botoSessionManager: string | undefined;
  readonly confirmed: boolean;
}

/** Reads the facts about services; lines that begin with `#` say where they come from. */
export function readServiceFacts(text: string): ServiceFacts[] {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return lines.map((line) => {
    const fields = line.split('\t');
    const [boto3, serviceId, packageName, clientName, botoSessionManager, npm] = fields;
    if (fields.length !== 6 || !boto3 || !serviceId || !packageName || !clientName || !botoSessionManager || !npm) {
      throw new Error(`Not six fields: ${line}`);
    }
    if (npm !== 'yes' && npm !== 'unconfirmed') throw new Error(`Neither yes nor unconfirmed: ${line}`);
    return {
      boto3,
      serviceId,
      packageName,
      clientName,
      botoSessionManager: botoSessionManager === '-' ? undefined : botoSessionManager,
      confirmed: npm === 'yes',
    };
  });
}
