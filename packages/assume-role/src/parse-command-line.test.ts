import { describe, expect, it } from 'vitest';
import { parseCommandLine } from './parse-command-line.js';

describe('parseCommandLine', () => {
  it.each<[string, readonly string[]]>([
    ['', []],
    ['  \t\n ', []],
    ['ykman oath accounts code --single AWS', ['ykman', 'oath', 'accounts', 'code', '--single', 'AWS']],
    ["pass otp 'aws/my account'", ['pass', 'otp', 'aws/my account']],
    ['op read "op://vault/AWS one/otp"', ['op', 'read', 'op://vault/AWS one/otp']],
    ['a\\ b c', ['a b', 'c']],
    [`'it'"'"'s'`, ["it's"]],
    ['"say \\"hi\\" \\\\ \\$HOME \\n"', ['say "hi" \\ $HOME \\n']],
    [`'no \\ escape "here"'`, ['no \\ escape "here"']],
    [`a '' ""`, ['a', '', '']],
    ['--x="a b"c', ['--x=a bc']],
    ['a \\\nb', ['a', 'b']],
    [
      'echo 1 | echo 2; rm -rf / & $(id) `id` $HOME *.txt > f # x',
      ['echo', '1', '|', 'echo', '2;', 'rm', '-rf', '/', '&', '$(id)', '`id`', '$HOME', '*.txt', '>', 'f', '#', 'x'],
    ],
    ['größe "ünïcode 🔑"', ['größe', 'ünïcode 🔑']],
  ])('splits %j', (text, words) => {
    expect(parseCommandLine(text)).toEqual(words);
  });

  it.each(["echo '123456", 'echo "123456', 'echo 123456\\', `a 'b' "c`])('refuses %j without showing it', (text) => {
    try {
      parseCommandLine(text);
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ code: 'ERR_BSM_OPTION_INVALID', details: { option: 'text' } });
      expect(String(error)).not.toContain('123456');
    }
  });

  it('refuses what is no text', () => {
    expect(() => parseCommandLine(['a'] as unknown as string)).toThrow(/"text" must be a string/);
  });
});
