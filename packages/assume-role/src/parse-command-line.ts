import { optionInvalid } from '@bsm/core-cache';

/**
 * Splits a command line into words as a POSIX shell does, and does nothing else that a shell does: no variable, glob, pipe or
 * redirection means anything.
 *
 * @throws BsmError `ERR_BSM_OPTION_INVALID` for a quote that is not closed or a backslash at the end; the text is never shown.
 */
export function parseCommandLine(text: string): readonly string[] {
  if (typeof text !== 'string') throw optionInvalid('mfaCommand.parse', 'text', 'a string');
  const words: string[] = [];
  // Blanks, or one word: runs of plain characters, escaped characters, and quoted parts, which may be empty.
  const parts = /\s+|((?:[^\s'"\\]|\\.|'[^']*'|"(?:[^"\\]|\\.)*")+)/gsy;
  while (parts.lastIndex < text.length) {
    const part = parts.exec(text);
    if (!part) throw optionInvalid('mfaCommand.parse', 'text', 'a command line whose quotes and escapes are complete');
    if (part[1] !== undefined) words.push(unquoted(part[1]));
  }
  return words;
}

function unquoted(word: string): string {
  return word.replace(
    /\\(.)|'([^']*)'|"((?:[^"\\]|\\.)*)"/gs,
    (_, escaped?: string, single?: string, double?: string) => {
      if (escaped !== undefined) return escaped === '\n' ? '' : escaped;
      return single ?? (double ?? '').replace(/\\([$`"\\\n])/g, (_match, kept: string) => (kept === '\n' ? '' : kept));
    },
  );
}
