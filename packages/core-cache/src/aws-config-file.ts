import { BsmError } from './errors.js';

/** Settings of one profile, by their names in the shared files. */
export type ProfileSettings = ReadonlyMap<string, string>;

/** Profiles by name, from the config file and the credentials file; where both have a setting, the credentials file's counts. */
export type SharedProfiles = ReadonlyMap<string, ProfileSettings>;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the two shared files of the AWS tools. A file that is absent counts as empty.
 *
 * The SDK's own reader returns an empty result for a file that it cannot parse; a session should say what is wrong.
 *
 * @throws BsmError `ERR_BSM_CONFIG_INVALID` for a file that cannot be read or parsed, with its path and line, never the line's text.
 */
export async function loadSharedProfiles(env: Environment): Promise<SharedProfiles> {
  const [config, credentials] = await Promise.all([
    readProfiles(env['AWS_CONFIG_FILE'] || (await inHome(env, 'config')), true),
    readProfiles(env['AWS_SHARED_CREDENTIALS_FILE'] || (await inHome(env, 'credentials')), false),
  ]);
  const merged = new Map<string, ProfileSettings>(config);
  for (const [name, settings] of credentials) merged.set(name, new Map([...(config.get(name) ?? []), ...settings]));
  return merged;
}

async function readProfiles(path: string, isConfig: boolean): Promise<SharedProfiles> {
  const { readFile } = await import('node:fs/promises');
  try {
    return parseProfiles(await readFile(path, 'utf8'), isConfig);
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ENOENT') return new Map();
    if (error instanceof MalformedLine)
      throw configInvalid(path, `line ${error.line} ${error.message}`, { line: error.line });
    throw configInvalid(path, 'it cannot be read', {}, error);
  }
}

/** A line that no AWS tool could understand. */
class MalformedLine extends Error {
  readonly line: number;
  constructor(line: number, message: string) {
    super(message);
    this.line = line;
  }
}

function parseProfiles(text: string, isConfig: boolean): SharedProfiles {
  const profiles = new Map<string, Map<string, string>>();
  let section: Map<string, string> | undefined;
  let inBlock = false;

  text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .forEach((raw, index) => {
      const line = raw.split(/(?:^|\s)[;#]/, 1)[0]!.trim();
      if (line === '') return;
      if (line.startsWith('[')) {
        section = openSection(profiles, line, isConfig, index + 1);
        inBlock = false;
        return;
      }
      const indented = /^\s/.test(raw);
      const equals = line.indexOf('=');
      // Settings of a block, and the rest of a value that goes over several lines: no setting of a profile.
      if (indented && section && (inBlock || equals < 1)) return;
      if (equals < 1) throw new MalformedLine(index + 1, 'has no "name = value"');
      if (!section) throw new MalformedLine(index + 1, 'comes before any [section]');
      const name = line.slice(0, equals).trim().toLowerCase();
      const value = line.slice(equals + 1).trim();
      // A name without a value opens a block of indented settings.
      inBlock = value === '';
      if (value !== '') section.set(name, value);
    });
  return isConfig ? preferProfileDefault(profiles) : profiles;
}

/** AWS's rule: where a config file has both `[default]` and `[profile default]`, the former does not count. */
function preferProfileDefault(profiles: Map<string, Map<string, string>>): SharedProfiles {
  const own = profiles.get(PROFILE_DEFAULT);
  if (own) profiles.set('default', own).delete(PROFILE_DEFAULT);
  return profiles;
}

/** Returns the settings to fill: the profile's, or a throw-away map for a section that is no profile. */
function openSection(
  profiles: Map<string, Map<string, string>>,
  line: string,
  isConfig: boolean,
  number: number,
): Map<string, string> {
  const title = line.indexOf(']') === line.length - 1 ? line.slice(1, -1).trim() : '';
  if (title === '') throw new MalformedLine(number, 'is no [section]');
  const name = isConfig ? configProfileName(title) : title;
  // The SDK's reader throws everything away at such a name.
  if (name === '__proto__' || title === '__proto__' || title === 'profile __proto__')
    throw new MalformedLine(number, 'has a name that the AWS SDK cannot read');
  const settings = (name !== undefined && profiles.get(name)) || new Map<string, string>();
  if (name !== undefined) profiles.set(name, settings);
  return settings;
}

// A key that stands for no profile of its own.
const PROFILE_DEFAULT = 'profile default';

function configProfileName(title: string): string | undefined {
  if (title === 'default') return title;
  const name = /^profile\s+(.+)$/.exec(title)?.[1]?.replace(/^(["'])(.*)\1$/, '$2');
  return name === 'default' ? PROFILE_DEFAULT : name;
}

async function inHome(env: Environment, file: string): Promise<string> {
  const home = env['HOME'] || env['USERPROFILE'] || (await import('node:os')).homedir();
  return `${home}/.aws/${file}`;
}

function configInvalid(path: string, problem: string, details: { line?: number }, cause?: unknown): BsmError {
  return new BsmError('ERR_BSM_CONFIG_INVALID', `The AWS configuration file ${path} is not usable: ${problem}.`, {
    details: { path, ...details },
    cause,
  });
}
