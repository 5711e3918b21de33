import { describe, expect, it } from 'vitest';
import { createRedactor, type Redactor } from './create-redactor.js';
import { createRandom, type Random } from './fixtures/random.js';
import { makeSecrets, NAMED_TEMPLATES, pemLine } from './fixtures/templates.js';

const REDACTORS: Readonly<Record<string, Redactor>> = {
  'no options': createRedactor(),
  'values and all accounts': createRedactor({
    values: ['abcd', 'cdef', 'over\nlines', 'FwoG', 'EXAMPLE'],
    accountIds: 'all',
  }),
  'known accounts': createRedactor({
    values: ['arn:aws:iam::111122223333:root', 'key: abc', '\n\n=='],
    accountIds: 'known',
  }),
};

/** Pieces of which the rules are made, so that random texts come close to them. */
const FRAGMENTS = [
  'AKIAIOSFODNN7EXAMPLE',
  'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  'password',
  'SessionToken',
  'secretKey',
  'token',
  '=',
  ': ',
  ':',
  '"',
  '\\"',
  '\\\\\\"',
  "'",
  ' ',
  '\n',
  '\r\n',
  '&',
  ',',
  '}',
  '\\',
  '<',
  '>',
  '&lt;',
  '&gt;',
  '%22',
  '%3D',
  '%26',
  '*',
  '<SecretAccessKey>',
  '</SecretAccessKey>',
  'secretKey: |\n',
  'name: AWS_SECRET_ACCESS_KEY',
  'value: ',
  'Authorization: Bearer ',
  'FwoGZXIvYXdz',
  'eyJhbGciOiJI.eyJ',
  'signature=',
  pemLine('BEGIN'),
  '-----END',
  '://u:p@h',
  '--external-id ',
  'arn:aws:iam::123456789012:role/',
  '123456789012',
  '111122223333',
  '2026-11-21T00:00:00Z',
  'abcd',
  'cdef',
  'over\nlines',
  'key: abc',
  'z'.repeat(1_500),
  'abc'.repeat(20),
  '\\'.repeat(20),
  ',;)}'.repeat(20),
  'é',
  '🔑',
];

describe('redactor.stream()', () => {
  it.each(Object.entries(REDACTORS))(
    'gives what the whole text gives, however it is cut: %s',
    async (_name, redactor) => {
      const random = createRandom(21);
      for (let round = 0; round < 400; round += 1) {
        const text = randomText(random);
        const cut = random.pieces(text, random.pick([1, 3, 40, 900, 5_000]));
        expect(await read(redactor, cut), JSON.stringify(text)).toBe(redactor(text));
      }
    },
  );

  it('finds a secret that comes one character at a time', async () => {
    const random = createRandom(22);
    for (const template of Object.values(NAMED_TEMPLATES)) {
      const { secretAccessKey } = makeSecrets(random);
      const text = template(['aws', 'secret', 'access', 'key'], secretAccessKey);
      const clean = await read(createRedactor(), [...text]);
      expect(clean).not.toContain(secretAccessKey);
      expect(clean).toBe(createRedactor()(text));
    }
  });

  it('finds a known value that is cut anywhere', async () => {
    const redactor = createRedactor({ values: ['a known value'] });
    const text = 'x a known value y';
    for (let cut = 0; cut <= text.length; cut += 1) {
      expect(await read(redactor, [text.slice(0, cut), text.slice(cut)])).toBe('x *** y');
    }
  });

  it('remembers what stood in front of a place, also when that was passed on long ago', async () => {
    const filler = `${'x'.repeat(2_000)}\n`;
    const pair = [`${filler}AKIAIOSFODNN7EXAMPLE\n`, 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n', filler];
    expect(await read(createRedactor(), pair)).toBe(`${filler}AKIA***MPLE\n***\n${filler}`);
    const url = `${filler}https://${'u'.repeat(500)}:hunter2@host/${'y'.repeat(2_000)}`;
    expect(await read(createRedactor(), [...url])).toBe(url.replace('hunter2', '***'));
  });

  it('does not half-show what may turn out to be the beginning of a known value', async () => {
    const redactor = createRedactor({ values: ['EXAMPLE\nand more'] });
    expect(await read(redactor, ['AKIAIOSFODNN7EXAMPLE\n', 'and more'])).toBe('***');
    expect(await read(redactor, ['AKIAIOSFODNN7EXAMPLE\n', 'and less'])).toBe('AKIA***MPLE\nand less');
  });

  it('passes each line on when it ends, before the stream does', async () => {
    const { readable, writable } = createRedactor().stream();
    const reader = readable.getReader();
    const writer = writable.getWriter();
    const written = writer.write('listening\nnext');
    expect(await reader.read()).toEqual({ done: false, value: 'listening\n' });
    await written;
    const closed = writer.close();
    expect(await reader.read()).toEqual({ done: false, value: 'next' });
    expect((await reader.read()).done).toBe(true);
    await closed;
  });

  it('keeps little of an endless line', async () => {
    let written = 0;
    let seen = 0;
    let behind = 0;
    const piece = 'a line without an end, '.repeat(40);
    for await (const text of pipe(createRedactor({ values: ['a known value'] }), 1_000, () => {
      written += piece.length;
      return piece;
    })) {
      seen += text.length;
      behind = Math.max(behind, written - seen);
    }
    expect(seen).toBe(written);
    expect(behind).toBeLessThan(10_000);
  });

  it('keeps nothing of an endless secret', async () => {
    let pieces = 0;
    let clean = '';
    const text = pipe(createRedactor(), 5_000, () => {
      pieces += 1;
      return pieces === 1 ? 'SessionToken=' : 'x'.repeat(1_000);
    });
    for await (const part of text) clean += part;
    expect(pieces).toBe(5_000);
    expect(clean).toBe('SessionToken=***');
  });

  it('refuses bytes with an error that shows none of them', async () => {
    const bytes = new TextEncoder().encode('secret') as never;
    await expect(read(createRedactor(), [bytes])).rejects.toThrow(
      /^A redaction stream takes strings.*TextDecoderStream first\.$/,
    );
  });

  it('gives nothing for nothing', async () => {
    expect(await read(createRedactor(), [])).toBe('');
    expect(await read(createRedactor(), ['', ''])).toBe('');
  });

  it('makes streams that do not share what they have seen', async () => {
    const redactor = createRedactor({ accountIds: 'known' });
    expect(await read(redactor, ['arn:aws:iam::123456789012:root'])).not.toContain('123456789012');
    expect(await read(redactor, ['123456789012'])).toBe('123456789012');
  });
});

function randomText(random: Random): string {
  return Array.from({ length: random.integer(30) }, () => random.pick(FRAGMENTS)).join('');
}

async function read(redactor: Redactor, pieces: readonly string[]): Promise<string> {
  let at = 0;
  let text = '';
  for await (const part of pipe(redactor, pieces.length, () => pieces[at++]!)) text += part;
  return text;
}

function pipe(redactor: Redactor, count: number, next: () => string): AsyncIterable<string> {
  let left = count;
  const source = new ReadableStream<string>({
    pull(controller) {
      if (left === 0) controller.close();
      else controller.enqueue(next());
      left -= 1;
    },
  });
  return source.pipeThrough(redactor.stream()) as unknown as AsyncIterable<string>;
}
