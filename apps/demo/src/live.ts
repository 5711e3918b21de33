import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { assumeRole, createSession, formatWhoAmI, isBsmError, type Session, whoAmI } from 'bsm';
import type { Output } from './output.js';

/** What the live run needs from the command line. */
export interface LiveOptions {
  readonly profile: string | undefined;
  readonly roleArn: string | undefined;
}

/** What makes sense against real AWS with somebody's own credentials: it only reads. */
export async function runLive({ profile, roleArn }: LiveOptions, out: Output): Promise<void> {
  using session = createSession({ profile });
  await show('Who am I', session, out);
  if (roleArn === undefined) return;
  const role = assumeRole(session, { roleArn });
  await show('The assumed role', role, out);
  await showBuckets(role, out);
}

async function show(title: string, session: Session, out: Output): Promise<void> {
  out.heading(title);
  out.block(formatWhoAmI(await whoAmI(session)));
  const { expiration } = session.credentials;
  out.line(
    expiration
      ? `The credentials end at ${expiration.toISOString()} and are renewed before.`
      : 'The credentials state no end.',
  );
}

async function showBuckets(session: Session, out: Output): Promise<void> {
  out.heading('Its buckets');
  try {
    const { Buckets = [] } = await session.client(S3Client).send(new ListBucketsCommand({}));
    out.line(`${Buckets.length} buckets`);
  } catch (error) {
    if (isBsmError(error)) throw error;
    out.line(`S3 refused: ${(error as Error).name}`);
  }
}
