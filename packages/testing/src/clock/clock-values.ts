import { FakeAwsError } from '../fake-aws-error.js';

/** Returns a step that a clock may take. */
export function checkedStep(ms: number): number {
  if (!Number.isFinite(ms) || ms < 0) throw new FakeAwsError('ms', 'must be a number of at least 0');
  return ms;
}

/** Returns a time that a clock may be set to, in milliseconds. */
export function checkedTime(time: Date | number): number {
  const ms = typeof time === 'number' ? time : time instanceof Date ? time.getTime() : Number.NaN;
  if (!Number.isFinite(ms)) throw new FakeAwsError('time', 'must be a valid Date or a number of milliseconds');
  return ms;
}
