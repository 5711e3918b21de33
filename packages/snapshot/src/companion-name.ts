import { WRITER_MARK, type Writer, writerMark, writerOf } from './writer.js';

/**
 * Makes the name under which a file stands beside its path: while it is written, and for as long as a scope claims the path. It
 * tells which file it belongs to and who made it, so that what a crash leaves behind can be found.
 */
export async function companionName(base: string, writer: Writer): Promise<string> {
  return `.${base}.${await writerMark(writer)}${SUFFIX}`;
}

/** Reads a name of {@link companionName}; undefined for all other names. */
export function parseCompanionName(name: string): { readonly base: string; readonly writer: Writer } | undefined {
  const [, base, scope, pid] = pattern().exec(name) ?? [];
  return base && scope && pid ? { base, writer: writerOf(scope, pid) } : undefined;
}

const SUFFIX = '.bsm-snapshot';
// Not at the top level, where a bundle would keep it.
const pattern = (): RegExp => new RegExp(`^\\.(.+)\\.${WRITER_MARK}\\${SUFFIX}$`, 's');
