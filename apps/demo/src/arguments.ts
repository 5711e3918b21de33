import { parseArgs } from 'node:util';

/** What the command line asks for. */
export type Arguments =
  | { readonly mode: 'offline' }
  | { readonly mode: 'help' }
  | { readonly mode: 'live'; readonly profile: string | undefined; readonly roleArn: string | undefined };

/** A command line that cannot be followed. */
export class UsageError extends Error {
  override readonly name: string = 'UsageError';
}

export const USAGE = `Usage: demo [--live [--profile NAME] [--role-arn ARN]]

Without options everything runs against an AWS inside this process; nothing leaves the machine.

  --live            run what makes sense against real AWS, with your own credentials
  --profile NAME    with --live: the profile to use
  --role-arn ARN    with --live: a role to assume
  --help            show this text
`;

/**
 * Reads the command line.
 *
 * @throws UsageError for an unknown flag, a missing value, or a flag that needs another one.
 */
export function parseArguments(argv: readonly string[]): Arguments {
  const values = parse(argv);
  if (values.help) return { mode: 'help' };
  const { live = false, profile, 'role-arn': roleArn } = values;
  for (const [name, value] of Object.entries({ '--profile': profile, '--role-arn': roleArn })) {
    if (value === '') throw new UsageError(`${name} needs a value`);
    if (value !== undefined && !live) throw new UsageError(`${name} needs --live`);
  }
  if (roleArn !== undefined && !/^arn:[\w-]+:iam::\d{12}:role\/.+/.test(roleArn))
    throw new UsageError('--role-arn needs the ARN of a role');
  return live ? { mode: 'live', profile, roleArn } : { mode: 'offline' };
}

interface Values {
  readonly help?: boolean;
  readonly live?: boolean;
  readonly profile?: string;
  readonly 'role-arn'?: string;
}

function parse(argv: readonly string[]): Values {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        help: { type: 'boolean' },
        live: { type: 'boolean' },
        profile: { type: 'string' },
        'role-arn': { type: 'string' },
      },
    }).values;
  } catch (error) {
    // The first sentence says what is wrong; the rest is advice about dashes.
    throw new UsageError((error as Error).message.split(/[.\n]/, 1)[0]);
  }
}
