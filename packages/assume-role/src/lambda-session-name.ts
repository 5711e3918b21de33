import { checkOptions, isInteger, isObject, isText, type OptionCheck, optionInvalid } from '@bsm/core-cache';

/** Options of {@link lambdaSessionName}; what is absent is read from the environment of the function. */
export interface LambdaSessionNameOptions {
  /** Default `AWS_LAMBDA_FUNCTION_NAME`. */
  readonly functionName?: string | undefined;
  /** Default `AWS_LAMBDA_FUNCTION_VERSION`. `$LATEST` is left out of the name. */
  readonly functionVersion?: string | number | undefined;
  /** Default: the end of `AWS_LAMBDA_LOG_STREAM_NAME`, which is unique to the instance of the function; else the time, or random digits. */
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
/** Behind a longer one, what fits of a time would not even tell the second. */
const LONGEST_DATED_PREFIX = 49;

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
  const { env = globalThis.process?.env ?? {}, functionName = env['AWS_LAMBDA_FUNCTION_NAME'] } = options;
  if (!functionName) throw optionInvalid('lambdaSessionName', 'functionName', 'given outside of AWS Lambda');
  return lambdaName(options);
}

/** Builds the name of a function that has one, from checked options. */
export function lambdaName({
  env = globalThis.process?.env ?? {},
  functionName = env['AWS_LAMBDA_FUNCTION_NAME'] ?? '',
  functionVersion = env['AWS_LAMBDA_FUNCTION_VERSION'] ?? '',
  identifier = /\w+$/.exec(env['AWS_LAMBDA_LOG_STREAM_NAME'] ?? '')?.[0],
  now = new Date(),
}: LambdaSessionNameOptions): string {
  const versioned = `${functionName}.${functionVersion}`.replace(/\.(\$LATEST)?$/, '');
  const prefix = versioned.length > LONGEST_PREFIX ? functionName : versioned;
  const time = `${now.toISOString().replace(/\D/g, '')}000`;
  const instance = identifier ?? (prefix.length > LONGEST_DATED_PREFIX ? crypto.randomUUID() : time);
  const name = prefix.length > LONGEST_PREFIX ? prefix : `${prefix}.${instance}`;
  return name.slice(0, LONGEST_NAME).replace(/[^\w=,.@-]+/g, '_');
}

const isVersion: OptionCheck = (value, name) =>
  isText(value, name) && isInteger(0, Infinity)(value, name) && 'a version: text or a whole number';
