import type { EnvShell } from './format-env.js';

/** How one format writes variables. */
interface EnvWriter {
  /** The values that the format carries as they are. */
  readonly carries: RegExp;
  /** The same in words. */
  readonly only: string;
  /** Writes one variable that is set. */
  readonly set: (name: string, value: string) => string;
  /** Writes one variable that is removed; undefined where the format can only add. */
  readonly unset: (name: string) => string | undefined;
}

/** Every format but JSON, which is no list of lines. */
export const ENV_WRITERS: Readonly<Record<Exclude<EnvShell, 'json'>, EnvWriter>> = {
  sh: {
    carries: /^/,
    only: 'text',
    // Nothing has a meaning within single quotes but their end.
    set: (name, value) => `export ${name}='${value.replaceAll("'", "'\\''")}'`,
    unset: (name) => `unset ${name}`,
  },
  fish: {
    carries: /^/,
    only: 'text',
    set: (name, value) => `set -gx ${name} '${value.replace(/[\\']/g, '\\$&')}'`,
    // Never a universal variable, which would be gone from every shell of the user.
    unset: (name) => `set -eg ${name}`,
  },
  powershell: {
    carries: /./s,
    only: 'text that is not empty, which would remove the variable',
    set: (name, value) => `$Env:${name} = ${powershellText(value)}`,
    unset: (name) => `$Env:${name} = $null`,
  },
  cmd: {
    // Quotes end the text, `%` and `!` are replaced, other characters depend on the code page, longer lines are cut.
    carries: /^[ #$&-~]{1,8000}$/,
    only: '1 to 8,000 printable ASCII characters without " % and !',
    set: (name, value) => `set "${name}=${value}"`,
    unset: (name) => `set "${name}="`,
  },
  dotenv: {
    carries: /^[\w./:@%+=,-]*$/,
    only: 'letters, digits and _ . / : @ % + = , - since readers of such files do not agree on anything else',
    set: (name, value) => `${name}=${value}`,
    unset: () => undefined,
  },
};

/**
 * Writes text in one line of ASCII, whatever it holds: PowerShell runs each line that a pipe brings it, takes typographic quotes
 * for quotes, and reads what a program prints in the code page of the console.
 */
function powershellText(value: string): string {
  const words = (value.match(/[ -~]+|./gs) ?? []).map((part) =>
    /^[ -~]/.test(part) ? `'${part.replaceAll("'", "''")}'` : `[char]${part.charCodeAt(0)}`,
  );
  // A character in front would make it a sum of numbers.
  return (words[0]?.startsWith("'") ? words : ["''", ...words]).join(' + ');
}
