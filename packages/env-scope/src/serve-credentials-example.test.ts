import { afterEach, expect, test, vi } from 'vitest';
import { useProcessEnv } from './fixtures/process-env.js';
import { withSharedFile } from './fixtures/shared-files.js';

const environment = useProcessEnv();
const KEYS = { aws_access_key_id: 'AKIAIOSFODNN7EXAMPLE', aws_secret_access_key: 'secret' };

afterEach(() => {
  vi.restoreAllMocks();
});

test('the README gives each child a URL of its own', async () => {
  let printed = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
  const profile = { region: 'eu-west-1', ...KEYS };
  await withSharedFile({ deploy: profile, audit: profile }, async (path) => {
    environment.set({ AWS_CONFIG_FILE: path });
    await import('../examples/endpoint-for-children.js');
  });
  expect(printed.split('\n')).toEqual([
    expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/1\/session$/),
    expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/2\/audit$/),
    '',
  ]);
});
