/** A pattern that a text is searched for. */
export interface ScanRule {
  /**
   * A global expression. It must decide within `WINDOW` characters of where its match starts, look back at most `CONTEXT`
   * characters, and never look beyond a line feed (it may end with one): a stream decides as soon as it has seen that much.
   */
  readonly pattern: RegExp;
  /** Judges a match; `undefined` when it hides no secret. */
  readonly judge: (match: RegExpExecArray, memory: ScanMemory) => Hit | undefined;
}

/** What to do with a match. */
export interface Hit {
  /** How many characters at the start of the match are shown as they are. */
  readonly keep: number;
  /** What is shown in place of the rest; nothing when the match is all context. */
  readonly mask?: string;
  /** Where a secret of any length, which begins right after the match, ends. */
  readonly secret?: SecretExtent;
  /** After the line feed that ends the match: the line must begin like this for a secret to follow. */
  readonly expect?: ExpectedLine;
}

/** How far a secret reaches. */
export interface SecretExtent {
  /** A global expression for what comes after the secret. The rules of `ScanRule.pattern` hold for it. */
  readonly stop: RegExp;
  /**
   * Judges a match of `stop`: `undefined` when the secret goes on, otherwise what was read as part of the secret although it
   * belongs to its end.
   */
  readonly ends?: (text: string, index: number) => string | undefined;
  /** A sticky expression for a line that continues the secret; without it a secret whose `stop` matches a line feed ends there. */
  readonly nextLine?: RegExp;
}

/** A line that carries the value of a name on the line before. */
export interface ExpectedLine {
  /** A sticky expression for everything in front of the value. */
  readonly pattern: RegExp;
  /** How far the value reaches, once the pattern has matched. */
  readonly extent: (match: RegExpExecArray) => SecretExtent | undefined;
}

/** What is remembered within one text (or one value, whose strings are read one after another). */
export interface ScanMemory {
  /** The account id of the ARN that the text is inside of. */
  arnAccount: string | undefined;
  /** Account ids that are hidden wherever they stand. */
  readonly accounts: Set<string>;
}

/** How many characters from the start of a match decide about it, unless a line feed comes first. */
export const WINDOW = 1_024;

/** How many characters in front of a match may decide about it. */
export const CONTEXT = 640;

/** What is shown in place of a secret. Its length says nothing about the secret. */
export const MASK = '***';
