/** A stretch of the text, in characters from its beginning; `end` is not part of it. */
interface Interval {
  readonly start: number;
  readonly end: number;
}

/** Follows a text that arrives in pieces and finds every occurrence of the known values in it. */
export interface ValueTracker {
  /** Reads the next piece. */
  push(text: string): void;
  /** Up to here nothing that is still to come can change what is found. */
  settled(): number;
  /** What is found between two settled positions, in order; occurrences that overlap are one interval. */
  within(start: number, end: number): readonly Interval[];
}

/** A value shorter than this is ignored: it would blot out unrelated text. */
const MIN_VALUE_LENGTH = 4;

interface TrieNode {
  readonly next: Map<number, TrieNode>;
  readonly depth: number;
  fail: TrieNode | undefined;
  /** Length of the longest known value that ends here; 0 for none. */
  longest: number;
}

/**
 * Prepares values for search (Aho-Corasick), so that the time to search a text does not depend on their number; the result
 * starts the search of one text. `undefined` when there is nothing to search for.
 */
export function knownValues(values: Iterable<string>): (() => ValueTracker) | undefined {
  const root: TrieNode = { next: new Map(), depth: 0, fail: undefined, longest: 0 };
  for (const value of values) for (const spelling of spellings(value)) insert(root, spelling);
  if (root.next.size === 0) return undefined;
  linkFailures(root);
  return () => trackValues(root);
}

function trackValues(root: TrieNode): ValueTracker {
  let node = root;
  let length = 0;
  const found: Interval[] = [];
  let first = 0;
  const mark = (end: number, size: number): void => {
    let start = end - size;
    for (let last = found.at(-1); last !== undefined && last.end > start; last = found.at(-1)) {
      start = Math.min(start, last.start);
      found.pop();
    }
    found.push({ start, end });
  };
  return {
    push(text) {
      for (let index = 0; index < text.length; index += 1) {
        node = step(root, node, text.charCodeAt(index));
        length += 1;
        if (node.longest > 0) mark(length, node.longest);
      }
    },
    settled: () => length - node.depth,
    within(start, end) {
      // Callers move forward only, so that what lies behind is forgotten, many at a time.
      while (first < found.length && (found[first]?.end ?? 0) <= start) first += 1;
      if (first > 1_024) found.splice(0, first);
      if (first > 1_024) first = 0;
      let after = first;
      while (after < found.length && (found[after]?.start ?? 0) < end) after += 1;
      return found.slice(first, after);
    },
  };
}

/** The spellings under which a value appears in JSON, URLs, forms and XML. */
function spellings(value: string): ReadonlySet<string> {
  const all = new Set<string>();
  for (const plain of [value, value.trim()]) {
    const percent = percentEncode(plain);
    all.add(plain);
    all.add(JSON.stringify(plain).slice(1, -1));
    all.add(percent);
    all.add(percent.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()));
    all.add(percent.replaceAll('%20', '+'));
    all.add(escapeXml(plain));
  }
  for (const spelling of all) if (spelling.length < MIN_VALUE_LENGTH || /^[*\s]*$/.test(spelling)) all.delete(spelling);
  return all;
}

function percentEncode(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    return text; // a lone surrogate has no encoding
  }
}

function escapeXml(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

function insert(root: TrieNode, value: string): void {
  let node = root;
  for (let index = 0; index < value.length; index += 1) {
    const code = value.charCodeAt(index);
    let child = node.next.get(code);
    if (child === undefined) {
      child = { next: new Map(), depth: node.depth + 1, fail: undefined, longest: 0 };
      node.next.set(code, child);
    }
    node = child;
  }
  node.longest = value.length;
}

function linkFailures(root: TrieNode): void {
  const queue: TrieNode[] = [root];
  for (const node of queue) {
    for (const [code, child] of node.next) {
      child.fail = node === root ? root : step(root, node.fail ?? root, code);
      // A longer value that ends at the same character hides a shorter one.
      if (child.longest === 0) child.longest = child.fail.longest;
      queue.push(child);
    }
  }
}

function step(root: TrieNode, from: TrieNode, code: number): TrieNode {
  let node: TrieNode | undefined = from;
  while (node !== undefined) {
    const child: TrieNode | undefined = node.next.get(code);
    if (child !== undefined) return child;
    node = node.fail;
  }
  return root;
}
