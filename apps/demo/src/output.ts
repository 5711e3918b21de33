/** Where the demo writes, and whether with colour. */
export interface Output {
  /** The heading of a scene. */
  heading(title: string): void;
  /** A line of text. */
  line(text: string): void;
  /** A block of text as it is, indented. */
  block(text: string): void;
  /** A named value, in columns. */
  fact(name: string, value: string | number): void;
  /** Something that held. */
  good(text: string): void;
}

/** The part of a stream that the demo needs. */
export interface OutputStream {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
}

/** Codes of ECMA-48, select graphic rendition. */
const STYLES = { bold: 1, dim: 2, green: 32, cyan: 36 } as const;

type Environment = Readonly<Record<string, string | undefined>>;

export function createOutput(stream: OutputStream, env: Environment): Output {
  const colourful = usesColour(stream, env);
  const styled = (style: keyof typeof STYLES, text: string): string =>
    colourful ? `\u001B[${STYLES[style]}m${text}\u001B[0m` : text;
  const write = (text: string): void => {
    stream.write(`${text}\n`);
  };
  return {
    heading: (title) => write(`\n${styled('bold', title)}`),
    line: (text) => write(`  ${text}`),
    block: (text) => {
      for (const line of text.trimEnd().split('\n')) write(`  ${styled('dim', line)}`);
    },
    fact: (name, value) => write(`  ${name.padEnd(58)} ${styled('cyan', String(value).padStart(6))}`),
    good: (text) => write(`  ${styled('green', 'ok')}  ${text}`),
  };
}

/** Colour is for terminals; NO_COLOR (https://no-color.org) and dumb terminals go without. */
export function usesColour(stream: OutputStream, env: Environment): boolean {
  if (env['NO_COLOR']) return false;
  return stream.isTTY === true && env['TERM'] !== 'dumb';
}
