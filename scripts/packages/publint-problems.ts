import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import type { PackedPackage } from './pack-all.ts';

/** Lists what publint says of a packed package, in its strict mode. Suggestions count too. */
export async function publintProblems({ unpacked }: PackedPackage): Promise<string[]> {
  const { messages, pkg } = await publint({ pkgDir: unpacked, pack: false, strict: true });
  return messages.map((message) => formatMessage(message, pkg, { color: false }) ?? message.code);
}
