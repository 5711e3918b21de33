/** A process that writes files, told apart from those of other machines, containers and boots. */
export interface Writer {
  /** Of the machine, its boot and the namespace of process ids: processes with the same one can look for each other by id. */
  readonly scope: string;
  readonly pid: number;
}

/** Says who this process is. */
export async function thisWriter(): Promise<Writer> {
  const [{ createHash }, { readFile, readlink }, { hostname }] = await Promise.all([
    import('node:crypto'),
    import('node:fs/promises'),
    import('node:os'),
  ]);
  // Linux only; elsewhere the name of the machine has to do.
  const facts = await Promise.all([
    readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => ''),
    readlink('/proc/self/ns/pid').catch(() => ''),
  ]);
  const scope = createHash('sha256')
    .update([hostname(), ...facts].join('\n'))
    .digest('hex')
    .slice(0, 12);
  return { scope, pid: process.pid };
}

// What another machine left behind is told by its age alone. Temporary credentials have ended long before.
const ABANDONED_MS = 7 * 24 * 3_600_000;

/** Tells whether a process has ended. One that cannot be seen from here counts as ended after a week. */
export function isGone(writer: Writer, self: Writer, ageMs: number): boolean {
  if (writer.scope !== self.scope) return ageMs > ABANDONED_MS;
  try {
    process.kill(writer.pid, 0);
    return false;
  } catch (error) {
    // EPERM: it lives and is somebody else's.
    return (error as { code?: unknown }).code === 'ESRCH';
  }
}

/** Writes a process into the name of a file; the rest of the name makes it one of a kind. */
export async function writerMark({ scope, pid }: Writer): Promise<string> {
  const { randomBytes } = await import('node:crypto');
  return `${scope}-${pid}-${randomBytes(8).toString('hex')}`;
}

/** What {@link writerMark} gives, with two groups for {@link writerOf}. */
export const WRITER_MARK = '([0-9a-f]{12})-([1-9][0-9]{0,9})-[0-9a-f]{16}';

/** Makes a writer of the two groups of {@link WRITER_MARK}. */
export function writerOf(scope: string, pid: string): Writer {
  return { scope, pid: Number(pid) };
}
