import { expect, test } from 'vitest';
import { parseArguments, UsageError } from './arguments.js';

test.each([
  [[], { mode: 'offline' }],
  [['--help'], { mode: 'help' }],
  [['--live'], { mode: 'live', profile: undefined, roleArn: undefined }],
  [
    ['--live', '--profile', 'dev', '--role-arn', 'arn:aws:iam::123456789012:role/r'],
    { mode: 'live', profile: 'dev', roleArn: 'arn:aws:iam::123456789012:role/r' },
  ],
  [['--live', '--profile=dev'], { mode: 'live', profile: 'dev', roleArn: undefined }],
])('%j is understood', (argv, expected) => {
  expect(parseArguments(argv)).toEqual(expected);
});

test.each([
  [['--nope'], "Unknown option '--nope'"],
  [['extra'], "Unexpected argument 'extra'"],
  [['--live', '--profile'], "Option '--profile <value>' argument missing"],
  [['--live', '--profile='], '--profile needs a value'],
  [['--live', '--profile', '--role-arn'], "Option '--profile' argument is ambiguous"],
  [['--profile', 'dev'], '--profile needs --live'],
  [['--role-arn', 'x'], '--role-arn needs --live'],
  [['--live', '--role-arn', 'x'], '--role-arn needs the ARN of a role'],
  [['--live=yes'], "Option '--live' does not take an argument"],
])('%j is refused in one line', (argv, message) => {
  expect(() => parseArguments(argv)).toThrow(new UsageError(message));
});
