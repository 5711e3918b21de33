import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { parseEnv } from 'node:util';
import { isBsmError } from '@bsm/core-cache';
import { describe, expect, it } from 'vitest';
import { readCmd } from './fixtures/read-cmd.js';
import { readDockerEnvFile } from './fixtures/read-docker-env-file.js';
import { readPowershell } from './fixtures/read-powershell.js';
import { createSeededRandom } from './fixtures/seeded-random.js';
import { type EnvShell, formatEnv } from './format-env.js';

const SHELLS = ['sh', 'fish', 'powershell', 'cmd', 'dotenv', 'json'] as const;
const KEYS = {
  AWS_ACCESS_KEY_ID: 'ASIAIOSFODNN7EXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  AWS_SESSION_TOKEN: 'IQoJb3JpZ2luX2VjE+/=='.repeat(50),
  AWS_CREDENTIAL_EXPIRATION: '2030-01-02T03:04:05Z',
  AWS_REGION: 'eu-west-1',
  AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://127.0.0.1:34567/build-1',
};
/** What breaks a quotation, in one shell or another. */
const HOSTILE = [
  ...`' " \` \\ $ ; & | < > # ~ * ( ) { } ^ = ! % @ / , a -n -- $(id) $HOME $\{HOME} %PATH% !x! \u001b[2J`.split(' '),
  ...' \n\t\u0001\u007f\u0085\u2018\u2019\u201b\u201d\u2028é'.split(''),
  '\r\n',
  '\u{1f511}',
];

/** An environment of texts that mean something to shells; the same for the same seed. */
function hostileEnvironment(seed: number, count: number): Record<string, string> {
  const random = createSeededRandom(seed);
  const piece = (): string => HOSTILE[Math.floor(random() * HOSTILE.length)]!;
  const text = (): string => Array.from({ length: Math.floor(random() * 8) }, piece).join('');
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`BSM_V${index}`, text()]));
}

/** What a format carries of them, each by itself; what it refuses must be refused typed. */
function carried(env: Record<string, string>, shell: EnvShell): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter(([name, value]) => {
      try {
        formatEnv({ [name]: value }, shell);
        return true;
      } catch (error) {
        if (!isBsmError(error, 'ERR_BSM_ENV_UNQUOTABLE')) throw error;
        return false;
      }
    }),
  );
}

/** Prints the environment without what this process gave, as JSON. */
const PRINT = `process.stdout.write(JSON.stringify(process.env))`;
const ENV = { PATH: process.env['PATH'], HOME: tmpdir(), NODE: process.execPath, PRINT };

/** Runs commands in a real shell, then a program of it that tells its environment. */
function environmentAfter(shell: string, args: readonly string[], commands: string): Record<string, string> {
  const output = execFileSync(shell, args, {
    env: ENV,
    input: `${commands}\n`,
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  return own(JSON.parse(output) as Record<string, string>);
}

function own(env: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter(([name]) => name.startsWith('BSM_') || name.startsWith('AWS_')));
}

const present = (program: string): boolean =>
  (process.env['PATH'] ?? '').split(delimiter).some((directory) => existsSync(join(directory, program)));

const REAL_SHELLS = [
  { program: 'sh', shell: 'sh', args: ['-c', 'eval "$(cat)"; exec "$NODE" -e "$PRINT"'] },
  { program: 'dash', shell: 'sh', args: ['-c', 'eval "$(cat)"; exec "$NODE" -e "$PRINT"'] },
  { program: 'bash', shell: 'sh', args: ['-c', 'eval "$(cat)"; exec "$NODE" -e "$PRINT"'] },
  { program: 'zsh', shell: 'sh', args: ['-c', 'eval "$(cat)"; exec "$NODE" -e "$PRINT"'] },
  { program: 'fish', shell: 'fish', args: ['--no-config', '-c', 'cat | source; exec $NODE -e $PRINT'] },
  {
    program: 'pwsh',
    shell: 'powershell',
    args: ['-NoProfile', '-NonInteractive', '-Command', '$input | Invoke-Expression; & $Env:NODE -e $Env:PRINT'],
  },
] as const;

// POSIX demands `sh`; the others are tried where they are installed. Readers by the rules of cmd and PowerShell follow below.
describe.each(REAL_SHELLS.filter(({ program }) => program === 'sh' || present(program)))(
  'formatEnv for $program',
  ({ program, shell, args }) => {
    it('brings credentials across', () => {
      expect(environmentAfter(program, args, formatEnv(KEYS, shell))).toEqual(KEYS);
    });

    it.each([1, 2, 3])('brings whatever it carries across and runs none of it: seed %i', (seed) => {
      const env = carried(hostileEnvironment(seed, 300), shell);
      expect(Object.keys(env).length).toBeGreaterThan(shell === 'sh' || shell === 'fish' ? 299 : 200);
      expect(environmentAfter(program, args, formatEnv(env, shell))).toEqual(env);
    });

    it('removes what is undefined', () => {
      const commands = `${formatEnv({ AWS_PROFILE: 'old', AWS_REGION: 'eu-west-1' }, shell)}\n`;
      const removed = formatEnv({ AWS_PROFILE: undefined, AWS_ROLE_ARN: undefined }, shell);
      expect(environmentAfter(program, args, commands + removed)).toEqual({ AWS_REGION: 'eu-west-1' });
    });
  },
);

describe('formatEnv for dotenv', () => {
  /** Every reader that this process has; Docker's is written after its documentation. */
  const readers: [string, (text: string) => Record<string, string>][] = [
    ['util.parseEnv', (text) => ({ ...parseEnv(text) }) as Record<string, string>],
    ['node --env-file', (text) => throughFile(text, process.execPath, (file) => [`--env-file=${file}`, '-e', PRINT])],
    ['docker --env-file', readDockerEnvFile],
    [
      'a shell that sources the file',
      (text) => throughFile(text, 'sh', (file) => ['-c', 'set -a; . "$0"; exec "$NODE" -e "$PRINT"', file]),
    ],
  ];

  it.each(readers)('is read as it was by %s', (_, read) => {
    const hostile = carried(hostileEnvironment(4, 3_000), 'dotenv');
    expect(Object.keys(hostile).length).toBeGreaterThan(200);
    const env = { ...KEYS, ...hostile, BSM_EMPTY: '' };
    expect(own(read(formatEnv(env, 'dotenv')))).toEqual(env);
  });

  it.each([' a', 'a ', 'a b', '"a"', "'a'", 'a#b', 'a\nb', '$HOME', 'a\\b', '`id`', 'a;id', 'é', '~'])(
    'refuses %j, which readers take in different ways',
    (value) => {
      expect(() => formatEnv({ A: value }, 'dotenv')).toThrow(
        expect.objectContaining({ details: { shell: 'dotenv', variable: 'A', reason: 'value' } }),
      );
    },
  );

  it('leaves out what is undefined, since a file can only add', () => {
    expect(formatEnv({ A: undefined, B: 'b', C: undefined }, 'dotenv')).toBe('B=b');
  });

  function throughFile(
    text: string,
    program: string,
    args: (file: string) => readonly string[],
  ): Record<string, string> {
    const directory = mkdtempSync(join(tmpdir(), 'bsm-format-env-'));
    try {
      const file = join(directory, '.env');
      writeFileSync(file, `${text}\n`);
      return JSON.parse(execFileSync(program, args(file), { env: ENV, encoding: 'utf8' })) as Record<string, string>;
    } finally {
      rmSync(directory, { recursive: true });
    }
  }
});

describe.each([
  { shell: 'powershell' as const, read: readPowershell, carries: 250 },
  { shell: 'cmd' as const, read: readCmd, carries: 25 },
])('formatEnv for $shell, read by its rules', ({ shell, read, carries }) => {
  it('brings credentials across', () => {
    expect(read(formatEnv(KEYS, shell))).toEqual(KEYS);
  });

  it('brings whatever it carries across', () => {
    const env = carried(hostileEnvironment(5, 300), shell);
    expect(Object.keys(env).length).toBeGreaterThan(carries);
    expect(read(formatEnv(env, shell))).toEqual(env);
  });

  it('removes what is undefined', () => {
    expect(read(`${formatEnv({ A: 'a', B: 'b' }, shell)}\n${formatEnv({ A: undefined }, shell)}`)).toEqual({ B: 'b' });
  });
});

describe('formatEnv for cmd', () => {
  it.each([
    ['nothing', ''],
    ['a quote', 'a"b'],
    ['a variable', '%PATH%'],
    ['a variable of delayed expansion', 'a!b'],
    ['a new line', 'a\nb'],
    ['a tab', 'a\tb'],
    ['a letter of some code pages', 'é'],
    ['the end of a file', '\u001a'],
    ['more than a line takes', 'x'.repeat(8_001)],
  ])('refuses %s', (_, value) => {
    expect(() => formatEnv({ A: value }, 'cmd')).toThrow(expect.objectContaining({ code: 'ERR_BSM_ENV_UNQUOTABLE' }));
  });
});

describe('formatEnv for json', () => {
  it('is the object without what is undefined', () => {
    const env = { ...KEYS, 'ProgramFiles(x86)': 'C:\\Program Files (x86)', EMPTY: '' };
    expect(JSON.parse(formatEnv({ ...env, NOTHING: undefined }, 'json'))).toEqual(env);
  });

  it('gives no name a meaning', () => {
    const env = JSON.parse('{"__proto__":"x","constructor":"y"}') as Record<string, string>;
    expect(Object.entries(JSON.parse(formatEnv(env, 'json')) as object)).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ]);
  });
});

describe('formatEnv', () => {
  it('writes each format as people know it', () => {
    const env = { A: "it's", B: undefined };
    expect(
      Object.fromEntries(
        SHELLS.map((shell) => [shell, formatEnv({ ...env, A: shell === 'dotenv' ? 'a' : env.A }, shell)]),
      ),
    ).toEqual({
      sh: "export A='it'\\''s'\nunset B",
      fish: "set -gx A 'it\\'s'\nset -eg B",
      powershell: "$Env:A = 'it''s'\n$Env:B = $null",
      cmd: 'set "A=it\'s"\nset "B="',
      dotenv: 'A=a',
      json: '{\n  "A": "it\'s"\n}',
    });
  });

  it.each(SHELLS)('writes nothing for nothing: %s', (shell) => {
    expect(formatEnv({}, shell)).toBe(shell === 'json' ? '{}' : '');
  });

  it.each(SHELLS)('refuses what no environment carries: %s', (shell) => {
    for (const value of ['a\0b', '\ud800', 'a\udc00b']) {
      const error = expect.objectContaining({
        code: 'ERR_BSM_ENV_UNQUOTABLE',
        details: { shell, variable: 'AWS_SESSION_TOKEN', reason: 'value' },
      });
      expect(() => formatEnv({ AWS_SESSION_TOKEN: value }, shell)).toThrow(error);
    }
  });

  it.each(
    SHELLS.flatMap((shell) =>
      ['', 'A=B', 'A\0', ...(shell === 'json' ? [] : ['1A', 'A B', 'A;id', 'A-B', '$(id)', 'A\nB', 'É', 'A}'])].map(
        (name) => [shell, name] as const,
      ),
    ),
  )('refuses names that could be commands: %s, %j', (shell, name) => {
    for (const value of ['x', undefined]) {
      expect(() => formatEnv({ [name]: value }, shell)).toThrow(
        expect.objectContaining({
          code: 'ERR_BSM_ENV_UNQUOTABLE',
          details: { shell, reason: 'name', variable: /^\w+$/.test(name) ? name : '(unprintable)' },
        }),
      );
    }
  });

  it('never shows a value, nor a name that is none', () => {
    const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n';
    for (const env of [{ AWS_SECRET_ACCESS_KEY: secret }, { [secret]: 'x' }]) {
      expect(() => formatEnv(env, 'dotenv')).toThrow(
        expect.objectContaining({ message: expect.not.stringContaining('wJalr') as string }),
      );
    }
  });

  it.each<[string, unknown, unknown]>([
    ['env', undefined, 'sh'],
    ['env', null, 'sh'],
    ['env', 'A=b', 'sh'],
    ['env', [['A', 'b']], 'sh'],
    ['env', new Map(), 'sh'],
    ['env.A', { A: 1 }, 'sh'],
    ['env.A', { A: null }, 'json'],
    ['env.A', { A: {} }, 'dotenv'],
    ['shell', {}, undefined],
    ['shell', {}, 'zsh'],
    ['shell', {}, '__proto__'],
    ['shell', {}, ['sh']],
  ])('refuses what is wrong: %s', (option, env, shell) => {
    expect(() => formatEnv(env as Record<string, string>, shell as EnvShell)).toThrow(
      expect.objectContaining({ code: 'ERR_BSM_OPTION_INVALID', details: { option } }),
    );
  });
});
