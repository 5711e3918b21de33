import { ARN_END } from './account-rules.js';
import type { ValueTracker } from './known-values.js';
import {
  CONTEXT,
  type ExpectedLine,
  type Hit,
  MASK,
  type ScanMemory,
  type ScanRule,
  type SecretExtent,
  WINDOW,
} from './scan-rule.js';

/** Reads one text in pieces of any size and gives it back without its secrets. */
export interface TextScanner {
  /** Reads the next piece; gives back what is decided by now. */
  write(text: string): string;
  /** Ends the text; gives back the rest. */
  end(): string;
}

/** What a scanner searches for. */
export interface ScanPlan {
  readonly rules: readonly ScanRule[];
  /** Starts the search for the known values; absent when there are none. */
  readonly trackValues?: (() => ValueTracker) | undefined;
}

/**
 * Starts to scan a text.
 *
 * What comes out does not depend on how the text is cut into pieces: a place is decided only when `WINDOW` characters behind
 * it, or the rest of its line, have been seen, and every rule looks no further. A secret itself may be of any length; it is
 * dropped as it comes and never collected, so that memory stays bounded.
 */
export function createTextScanner(plan: ScanPlan, memory: ScanMemory): TextScanner {
  return new Scanner(plan, memory);
}

/** Scans a whole text. */
export function scanText(plan: ScanPlan, memory: ScanMemory, text: string): string {
  const scanner = createTextScanner(plan, memory);
  return scanner.write(text) + scanner.end();
}

class Scanner implements TextScanner {
  readonly #upcoming: readonly Upcoming[];
  readonly #memory: ScanMemory;
  readonly #values: ValueTracker | undefined;
  /** Characters that are undecided, with up to `CONTEXT` decided ones in front. */
  #buffer = '';
  /** Where `#buffer` begins in the text. */
  #base = 0;
  /** The first undecided character of `#buffer`. */
  #at = 0;
  #output: string[] = [];
  /** The last thing put out was a mask, so that another one right behind it adds nothing. */
  #masked = false;
  #secret: SecretExtent | undefined;
  #expected: ExpectedLine | undefined;
  /** A line end inside of a secret, which is shown if the next line does not continue the secret. */
  #lineEnd = '';
  /** The next match ends where the known values are not settled yet. */
  #waits = false;

  constructor(plan: ScanPlan, memory: ScanMemory) {
    this.#upcoming = plan.rules.map((rule) => ({ rule, match: undefined, searched: false, judged: 0 }));
    this.#memory = memory;
    this.#values = plan.trackValues?.();
    memory.arnAccount = undefined;
  }

  write(text: string): string {
    this.#values?.push(text);
    this.#buffer += text;
    // Waiting for two windows makes the work per character constant, however small the pieces are.
    if (text.includes('\n') || this.#buffer.length - this.#at >= 2 * WINDOW) {
      this.#decide(Math.max(this.#buffer.length - WINDOW, this.#buffer.lastIndexOf('\n') + 1), false);
    }
    return this.#flush();
  }

  end(): string {
    this.#decide(this.#buffer.length, true);
    if (this.#lineEnd !== '') this.#show(this.#lineEnd);
    return this.#flush();
  }

  /** Decides about all characters before `limit`, as far as the known values are settled there. */
  #decide(limit: number, final: boolean): void {
    const settled = final || this.#values === undefined ? this.#buffer.length : this.#values.settled() - this.#base;
    const end = Math.min(limit, settled);
    for (const candidate of this.#upcoming) candidate.searched = false;
    while (this.#at < end) {
      const before = this.#at;
      if (this.#secret !== undefined) this.#dropSecret(this.#secret, end);
      else if (this.#expected !== undefined) this.#readExpectedLine(this.#expected, settled);
      else this.#search(end, settled);
      if (this.#at === before && this.#waits) break;
    }
    this.#waits = false;
  }

  #search(end: number, settled: number): void {
    const next = this.#nextMatch();
    if (next?.match === undefined || next.match.index >= end) {
      this.#showPlain(end);
      return;
    }
    const { match, rule } = next;
    const matchEnd = match.index + match[0].length;
    this.#showPlain(match.index);
    this.#waits = matchEnd > settled;
    if (this.#waits) return;
    const hit = rule.judge(match, this.#memory);
    next.searched = false;
    // A match that hides nothing may overlap one that does: `aws secret` in `aws secret access key: …`.
    next.judged = (hit === undefined ? match.index + 1 : matchEnd) + this.#base;
    if (hit !== undefined) this.#apply(hit, match.index, matchEnd);
  }

  #nextMatch(): Upcoming | undefined {
    let first: Upcoming | undefined;
    for (const candidate of this.#upcoming) {
      this.#searchAhead(candidate);
      if (candidate.match === undefined) continue;
      if (first?.match === undefined || candidate.match.index < first.match.index) first = candidate;
    }
    return first;
  }

  /** Finds the next match of a rule, unless it is known from before. */
  #searchAhead(candidate: Upcoming): void {
    const { match, searched } = candidate;
    if (searched && (match === undefined || match.index >= this.#at)) return;
    const { pattern } = candidate.rule;
    pattern.lastIndex = Math.max(this.#at, candidate.judged - this.#base);
    candidate.match = pattern.exec(this.#buffer) ?? undefined;
    candidate.searched = true;
  }

  #apply(hit: Hit, start: number, end: number): void {
    const secretStart = start + hit.keep;
    this.#showPlain(secretStart);
    if (hit.mask !== undefined) this.#hide(secretStart, end, hit.mask);
    this.#at = end;
    this.#expected = hit.expect;
    this.#secret = hit.secret;
    if (hit.secret !== undefined) this.#showMask();
  }

  #dropSecret(extent: SecretExtent, end: number): void {
    if (this.#lineEnd !== '' && !this.#continues(extent)) return;
    extent.stop.lastIndex = this.#at;
    let stop = extent.stop.exec(this.#buffer);
    let shown: string | undefined = '';
    while (stop !== null && stop.index < end) {
      shown = extent.ends === undefined ? '' : extent.ends(this.#buffer, stop.index);
      if (shown !== undefined) break;
      stop = extent.stop.exec(this.#buffer);
    }
    if (stop === null || stop.index >= end) {
      this.#at = end;
      return;
    }
    this.#at = stop.index;
    if (extent.nextLine !== undefined && stop[0].endsWith('\n')) {
      this.#lineEnd = stop[0];
      this.#at += stop[0].length;
      return;
    }
    this.#secret = undefined;
    if (shown !== undefined && shown !== '') this.#show(shown);
  }

  /** At the start of a line: does it continue the secret? */
  #continues(extent: SecretExtent): boolean {
    const lineEnd = this.#lineEnd;
    this.#lineEnd = '';
    if (extent.nextLine !== undefined) {
      extent.nextLine.lastIndex = this.#at;
      if (extent.nextLine.test(this.#buffer)) return true;
    }
    this.#secret = undefined;
    this.#show(lineEnd);
    return false;
  }

  #readExpectedLine(expected: ExpectedLine, settled: number): void {
    expected.pattern.lastIndex = this.#at;
    const match = expected.pattern.exec(this.#buffer);
    this.#waits = match !== null && this.#at + match[0].length > settled;
    if (this.#waits) return;
    this.#expected = undefined;
    const secret = match === null ? undefined : expected.extent(match);
    if (match !== null && secret !== undefined) {
      this.#apply({ keep: match[0].length, secret }, this.#at, this.#at + match[0].length);
    }
  }

  /** Shows the text up to a position, without the known values in it. */
  #showPlain(end: number): void {
    const start = this.#at;
    if (end <= start) return;
    this.#at = end;
    let shown = start;
    for (const interval of this.#valuesWithin(start, end)) {
      this.#show(this.#buffer.slice(shown, interval.start));
      this.#showMask();
      shown = Math.max(shown, interval.end);
    }
    this.#show(this.#buffer.slice(shown, end));
  }

  /** The known values between two positions of the buffer, cut to them. */
  #valuesWithin(start: number, end: number): { start: number; end: number }[] {
    const found = this.#values?.within(start + this.#base, end + this.#base) ?? [];
    return found.map((interval) => ({
      start: Math.max(start, interval.start - this.#base),
      end: Math.min(end, interval.end - this.#base),
    }));
  }

  /** Shows a mask in place of a match. A mask that shows a part of it is not used when that could be a part of a known value. */
  #hide(start: number, end: number, mask: string): void {
    const values = this.#values?.within(start + this.#base, end + this.#base) ?? [];
    const whole = values.every((value) => value.start === start + this.#base && value.end === end + this.#base);
    if (mask === '') return;
    if (mask === MASK || !whole) this.#showMask();
    else this.#show(mask);
  }

  #show(text: string): void {
    if (text === '') return;
    if (this.#memory.arnAccount !== undefined && ARN_END.test(text)) this.#memory.arnAccount = undefined;
    this.#output.push(text);
    this.#masked = false;
  }

  #showMask(): void {
    if (!this.#masked) this.#output.push(MASK);
    this.#masked = true;
  }

  #flush(): string {
    const drop = this.#at - CONTEXT;
    if (drop > CONTEXT) {
      this.#buffer = this.#buffer.slice(drop);
      this.#base += drop;
      this.#at -= drop;
    }
    const output = this.#output.join('');
    this.#output = [];
    return output;
  }
}

/** The next match of a rule in the buffer. */
interface Upcoming {
  readonly rule: ScanRule;
  match: RegExpExecArray | undefined;
  /** `match` is up to date, unless it lies behind. */
  searched: boolean;
  /** Up to this place in the text the rule has given its judgement. */
  judged: number;
}
