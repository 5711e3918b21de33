import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** The secret of one child. */
export interface EndpointToken {
  readonly value: string;
  /** Compares in constant time. The value before the last `rotate` matches too, for who read it just then. */
  matches(presented: string): boolean;
  /** Takes another value once it is handed over; what `handOver` throws leaves everything as it is. */
  rotate(handOver: (value: string) => void): void;
}

/** Makes a token of 32 random bytes, in characters that need no quoting. */
export function createEndpointToken(): EndpointToken {
  let value = random();
  let current = digest(value);
  let previous = current;
  return {
    get value() {
      return value;
    },
    matches(presented) {
      // Of one length, whatever was presented.
      const hash = digest(presented);
      const isCurrent = timingSafeEqual(hash, current);
      const isPrevious = timingSafeEqual(hash, previous);
      return isCurrent || isPrevious;
    },
    rotate(handOver) {
      const next = random();
      handOver(next);
      value = next;
      previous = current;
      current = digest(value);
    },
  };
}

const random = (): string => randomBytes(32).toString('base64url');

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
