import { checkOptions, isInteger, isObject, isText, type OptionCheck, optionInvalid } from '@bsm/core-cache';

/** Options of {@link lambdaSessionName}; what is absent is read from the environment of the function. */
export interface LambdaSessionNameOptions {
  /** Default `AWS_LAMBDA_FUNCTION_NAME`. */
  readonly functionName?: string | undefined;
  /** Default `AWS_LAMBDA_FUNCTION_VERSION`. `$LATEST` is left out of the name. */
  readonly functionVersion?: string | number | undefined;
  /** Default: the end of `AWS_LAMBDA_LOG_STREAM_NAME`, which is unique to the instance of the function; else the time. */
  readonly identifier?: string | undefined;
  /** Default `process.env`. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /** Default: the current time. */
  readonly now?: Date | undefined;
}

/** The longest name that STS accepts. */
const LONGEST_NAME = 64;
/** A function name, with its version, that is longer than this leaves no room for an identifier worth having. */
const LONGEST_PREFIX = 59;
/** Shorter times do not even tell the second. */
const SHORTEST_TIMESTAMP = 14;

/**
 * Builds a role session name that leads from CloudTrail to the instance of a Lambda function: `function.version.identifier`.
 *
 * At most 64 characters; the version goes first when there is no room, then the end of the identifier; characters that STS refuses
 * become an underscore. Follows `generate_lambda_session_name` of aws-assume-role-lib; the time has milliseconds, followed by three
 * zeros.
 *
 * @throws BsmError `ERR_BSM_OPTION_INVALID`, naming `functionName` when neither the option nor the environment has one.
 *
 * @example
 * ```ts
 * lambdaSessionName({ functionName: 'report', functionVersion: 7, identifier: 'a1b2' }); // 'report.7.a1b2'
 * ```
 */
export function lambdaSessionName(options: LambdaSessionNameOptions = {}): string {
  checkOptions<LambdaSessionNameOptions>('lambdaSessionName', options, {
    functionName: isText,
    functionVersion: isVersion,
    identifier: isText,
    env: isObject,
    now: (value) => (value instanceof Date && !Number.isNaN(value.getTime()) ? undefined : 'a valid Date'),
  });
  return lambdaName(options);
}

/** Builds the name from checked options. */
export function lambdaName(options: LambdaSessionNameOptions): string {
  const env = options.env ?? globalThis.process?.env ?? {};
  const prefix = namePrefix(
    options.functionName ?? env['AWS_LAMBDA_FUNCTION_NAME'],
    String(options.functionVersion ?? env['AWS_LAMBDA_FUNCTION_VERSION'] ?? ''),
  );
  const room = LONGEST_NAME - prefix.length - 1;
  const name = prefix.length > LONGEST_PREFIX ? prefix : `${prefix}.${identifier(options, env, room)}`;
  return name.slice(0, LONGEST_NAME).replace(/[^\w=,.@-]+/g, '_');
}

const isVersion: OptionCheck = (value, name) =>
  isText(value, name) && isInteger(0, Infinity)(value, name) && 'a version: text or a whole number';

function namePrefix(functionName: string | undefined, version: string): string {
  if (!functionName) throw optionInvalid('lambdaSessionName', 'functionName', 'given outside of AWS Lambda');
  const versioned = version === '' || version === '$LATEST' ? functionName : `${functionName}.${version}`;
  return versioned.length > LONGEST_PREFIX ? functionName : versioned;
}

function identifier(
  options: LambdaSessionNameOptions,
  env: Readonly<Record<string, string | undefined>>,
  room: number,
): string {
  const instance = options.identifier ?? /\w+$/.exec(env['AWS_LAMBDA_LOG_STREAM_NAME'] ?? '')?.[0];
  if (instance !== undefined) return instance;
  return room < SHORTEST_TIMESTAMP ? randomText(room) : timestamp(options.now ?? new Date());
}

function timestamp(now: Date): string {
  return `${now.toISOString().replace(/\D/g, '')}000`;
}

function randomText(length: number): string {
  const bytes = crypto.getRandomValues(new Uint8Array(length));
  return Array.from(bytes, (byte) => (byte % 36).toString(36)).join('');
}
