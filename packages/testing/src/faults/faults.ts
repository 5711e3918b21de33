import type { RecordedRequest } from '../server/recorded-request.js';
import { checkFaultRule, type FaultKind, type FaultOf, type FaultRule } from './fault-rule.js';

/** The faults in force. */
export interface Faults {
  readonly add: (fault: FaultRule) => () => void;
  /** The faults that hit this request, in the order in which they were added; counts against their `after` and `times`. */
  readonly take: (request: RecordedRequest) => readonly FaultRule[];
}

export function createFaults(): Faults {
  const entries = new Set<{ readonly fault: FaultRule; seen: number }>();
  return {
    add(fault) {
      checkFaultRule(fault);
      const entry = { fault: { ...fault }, seen: 0 };
      entries.add(entry);
      return () => {
        entries.delete(entry);
      };
    },
    take(request) {
      const hits: FaultRule[] = [];
      for (const entry of entries) {
        if (!concerns(entry.fault, request)) continue;
        const nth = entry.seen++ - (entry.fault.after ?? 0);
        if (nth >= 0 && nth < (entry.fault.times ?? Number.POSITIVE_INFINITY)) hits.push(entry.fault);
      }
      return hits;
    },
  };
}

/** The first fault of a kind. */
export const findFault = <K extends FaultKind>(faults: readonly FaultRule[], kind: K): FaultOf<K> | undefined =>
  faults.find((fault): fault is FaultOf<K> => fault.kind === kind);

const concerns = (fault: FaultRule, request: RecordedRequest): boolean =>
  (fault.operation === undefined || fault.operation === request.operation) &&
  (fault.service === undefined || fault.service === request.service) &&
  (fault.match === undefined || fault.match(request));
