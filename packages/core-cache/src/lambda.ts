/** Tells whether this is an AWS Lambda function, whose process is frozen between invocations. */
export function isLambda(): boolean {
  return Boolean(globalThis.process?.env?.['AWS_LAMBDA_FUNCTION_NAME']);
}
