import { expect, test } from 'vitest';
import { createOutput, usesColour } from './output.js';

test.each([
  ['a terminal', { isTTY: true }, {}, true],
  ['a pipe', { isTTY: false }, {}, false],
  ['a stream that does not say', {}, {}, false],
  ['a terminal with NO_COLOR', { isTTY: true }, { NO_COLOR: '1' }, false],
  ['a terminal with an empty NO_COLOR', { isTTY: true }, { NO_COLOR: '' }, true],
  ['a dumb terminal', { isTTY: true }, { TERM: 'dumb' }, false],
])('%s', (_name, stream, env, colour) => {
  expect(usesColour({ write: () => true, ...stream }, env)).toBe(colour);
});

test('writes escape codes to a terminal only', () => {
  const written = (isTTY: boolean): string => {
    const parts: string[] = [];
    createOutput({ write: (text) => parts.push(text), isTTY }, {}).heading('Title');
    return parts.join('');
  };
  expect(written(false)).toBe('\nTitle\n');
  expect(written(true)).toBe('\n\u001B[1mTitle\u001B[0m\n');
});
