import { createHmac, randomBytes } from 'node:crypto';

const STEP_MS = 30_000;

/** A virtual MFA device: six digits that change every 30 seconds of the virtual clock (TOTP, RFC 6238). */
export interface FakeMfaDevice {
  /** What a caller passes as `SerialNumber`: an ARN for a virtual device. */
  readonly serialNumber: string;
  /** The code of this moment of the virtual clock. STS accepts it once. */
  readonly code: () => string;
}

/** A device as the server sees it. */
export interface MfaDevice extends FakeMfaDevice {
  /** Accepts a code of this step or of its neighbours, and no code of that step or an earlier one ever after. */
  readonly consume: (code: string) => boolean;
}

/** Creates a device with a random seed. */
export function createMfaDevice(serialNumber: string, now: () => number): MfaDevice {
  const seed = randomBytes(20);
  let lastStep = Number.NEGATIVE_INFINITY;
  const currentStep = (): number => Math.floor(now() / STEP_MS);
  return {
    serialNumber,
    code: () => totp(seed, currentStep()),
    consume(code) {
      const step = [-1, 0, 1]
        .map((drift) => currentStep() + drift)
        .find((candidate) => candidate > lastStep && totp(seed, candidate) === code);
      if (step !== undefined) lastStep = step;
      return step !== undefined;
    },
  };
}

/** The six digits of a 30-second step (RFC 6238 over HMAC-SHA-1). */
export function totp(seed: Uint8Array, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.max(0, step)));
  const digest = createHmac('sha1', seed).update(counter).digest();
  const offset = digest.at(-1)! & 0xf;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
