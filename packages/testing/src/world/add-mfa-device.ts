import { FakeAwsError } from '../fake-aws-error.js';
import { type OptionRule, rule } from '../option-check.js';
import type { Principal } from './identity.js';
import { createMfaDevice, type FakeMfaDevice } from './mfa-device.js';
import type { World } from './world.js';

/** Gives a user a virtual MFA device; `true` names it after the user. `option` names the option that gave the serial. */
export function addMfaDevice(world: World, user: Principal, serial: string | true, option: string): FakeMfaDevice {
  const { partition, accountId } = user.account;
  const serialNumber = serial === true ? `arn:${partition}:iam::${accountId}:mfa/${user.name}` : serial;
  if (world.mfaDevices.get(serialNumber)?.owner.deleted === false) {
    throw new FakeAwsError(option, 'is the serial number of a device that exists');
  }
  const device = createMfaDevice(serialNumber, world.now);
  world.mfaDevices.set(serialNumber, { owner: user, device });
  return { serialNumber, code: device.code };
}

export const mfaSerialRule = (): OptionRule =>
  rule(
    'must be true or a serial number of 9 to 256 characters',
    (value) => value === true || (typeof value === 'string' && /^[\w+=/:,.@-]{9,256}$/.test(value)),
  );
