/** One kind of text that must not be committed or published. */
export interface ForbiddenText {
  readonly what: string;
  readonly pattern: RegExp;
}

/** A pattern made of parts, so that this file does not contain what it looks for. */
const made = (parts: readonly string[], flags = 'g'): RegExp => new RegExp(parts.join(''), flags);

/** Directories of one machine. */
export const MACHINE_PATHS: readonly ForbiddenText[] = [
  { what: 'a path of one machine', pattern: made(['(?<![\\w.$}*-])', '/(?:work|root|farm)', '/'], 'g') },
  { what: 'a home directory', pattern: made(['(?<![\\w.$}*-])', '/(?:home|Users)', '/[a-z][\\w.-]*/'], 'g') },
  { what: 'a temporary directory', pattern: made(['(?<![\\w.$}*-])', '/(?:var/)?tmp', '/[a-z]'], 'g') },
];

/** Hosts that packages are downloaded from: which one is used is the business of who installs. */
export const REGISTRY_HOSTS: readonly ForbiddenText[] = [
  ['registry', 'npmjs'],
  ['registry', 'yarnpkg'],
  ['npm', 'pkg', 'github'],
  ['pypi', 'org'],
  ['files', 'pythonhosted'],
  ['deb', 'debian'],
].map((parts) => ({ what: 'the host of a registry', pattern: made([parts.join('\\.')], 'gi') }));

/** Keys and tokens. The key ids that AWS uses in its documentation contain the word EXAMPLE. */
export const SECRETS: readonly ForbiddenText[] = [
  { what: 'an access key id', pattern: made(['\\b(?:AKIA|ASIA)', '(?![A-Z0-9]*EXAMPLE)[A-Z2-7]{16}\\b']) },
  {
    what: 'a secret key',
    pattern: made(['secret_?access_?key', '["\'\\s]*[=:]["\'\\s]*(?!\\S*EXAMPLE)[A-Za-z0-9/+]{40}\\b'], 'gi'),
  },
  {
    what: 'a private key',
    pattern: made(['-----BEGIN [A-Z ]*', 'PRIVATE KEY-----[\\s\\\\nr"\'+,]*[A-Za-z0-9+/]{40}']),
  },
  { what: 'an npm token', pattern: made(['\\bnpm', '_[A-Za-z0-9]{36}\\b']) },
  { what: 'a GitHub token', pattern: made(['\\b(?:gh[pousr]', '_[A-Za-z0-9]{36}|github_pat_\\w{20,})']) },
];

/** Tests that do not run, or that keep others from running. */
export const IDLE_TESTS: readonly ForbiddenText[] = [
  {
    what: 'a test that does not run',
    pattern: made(['\\b(?:it|test|describe|suite|bench)(?:\\.\\w+)*', '\\.(?:only|skip|todo|skipIf|runIf)\\b']),
  },
  { what: 'a test that does not run', pattern: made(['(?<![\\w.])(?:x|f)(?:it|test|describe)', '\\(']) },
];

/** Lists each place of a text where one of the patterns is found, as `line: what: excerpt`. */
export function findForbidden(text: string, forbidden: readonly ForbiddenText[]): string[] {
  return forbidden.flatMap(({ what, pattern }) =>
    [...text.matchAll(pattern)].map(({ index, 0: excerpt }) => {
      const line = text.slice(0, index).split('\n').length;
      return `${line}: ${what}: ${excerpt.slice(0, 24)}`;
    }),
  );
}
