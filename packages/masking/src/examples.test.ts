import { readFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { logWithoutSecrets } from '../examples/log-without-secrets.js';
import { masked } from '../examples/masks.js';

const PASSWORD = 'correct horse';

test('the README shows masks as they come out', () => {
  const text = readFileSync(new URL('../examples/masks.ts', import.meta.url), 'utf8');
  expect([...text.matchAll(/\/\/ (.+)/g)].map(([, comment]) => comment)).toEqual(masked);
});

test('the README shows a log without secrets, though they are cut in pieces', async () => {
  const info = vi.spyOn(console, 'info').mockReturnValue();
  const error = vi.spyOn(console, 'error').mockReturnValue();
  const pieces = ['arn:aws:iam::1234567', '89012:root in 123456789012\nlogin corr', 'ect horse\n'];
  const output = new ReadableStream<Uint8Array>({
    pull(controller) {
      const piece = pieces.shift();
      if (piece === undefined) controller.error(new Error(`refused ${PASSWORD}`));
      else controller.enqueue(new TextEncoder().encode(piece));
    },
  });

  await logWithoutSecrets(output, PASSWORD).finally(() => vi.restoreAllMocks());

  const lines = ['The password is ***', 'arn:aws:iam::12********12:root in 12********12\n', 'login ***\n'];
  expect(info.mock.calls.flat()).toEqual(lines);
  expect(error.mock.calls).toEqual([[expect.objectContaining({ message: 'refused ***' })]]);
});
