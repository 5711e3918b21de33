import { randomUUID } from 'node:crypto';
import type { FaultRule } from '../faults/fault-rule.js';
import { findFault } from '../faults/faults.js';
import { spoilAnswer } from '../faults/spoil-answer.js';
import { type Answer, errorAnswer, resultAnswer } from '../protocol/answer.js';
import { type CallTarget, noSuchOperation } from '../protocol/call-target.js';
import type { HttpRequest } from '../protocol/http-request.js';
import { ServiceError } from '../protocol/service-error.js';
import { omitElements, type XmlValue } from '../protocol/xml.js';
import { authenticate } from '../signature/authenticate.js';
import type { SignatureV4 } from '../signature/signature-v4.js';
import type { World } from '../world/world.js';

/** A request together with all that was found out about it. */
export interface ReceivedCall {
  readonly request: HttpRequest;
  readonly signature: SignatureV4 | string | undefined;
  readonly target: CallTarget;
  readonly faults: readonly FaultRule[];
}

/** Carries a request out and writes the answer, with the faults that change what the answer says. */
export function answerRequest(world: World, call: ReceivedCall): Answer {
  const requestId = randomUUID();
  try {
    const result = omitElements(carryOut(world, call), findFault(call.faults, 'missing')?.fields ?? []);
    return spoilAnswer(resultAnswer(call.target, result, requestId), call.faults);
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    return spoilAnswer(errorAnswer(call.target, error, requestId), call.faults);
  }
}

function carryOut(world: World, { request, signature, target, faults }: ReceivedCall): XmlValue {
  const injected = injectedError(faults, target);
  if (injected !== undefined) throw injected;
  const { operation } = target;
  if (operation === undefined) throw noSuchOperation(target);
  const judge = {
    service: operation.service,
    realTime: Date.now() + (findFault(faults, 'skew')?.ms ?? 0),
    virtualTime: world.now(),
    findKey: (accessKeyId: string) => world.keys.get(accessKeyId),
  };
  const caller = operation.signed === false ? undefined : authenticate(request, signature, judge);
  const expired = findFault(faults, 'expired-credentials');
  const expiration = expired === undefined ? undefined : { text: expired.expiration };
  return operation.handle({ world, params: target.params, request, caller, expiration });
}

/** The error that a fault answers with in place of the operation. */
export function injectedError(
  faults: readonly FaultRule[],
  target: Pick<CallTarget, 'protocol'>,
): ServiceError | undefined {
  for (const fault of faults) {
    if (fault.kind === '500') return internalFailure();
    if (fault.kind === 'throttle') return throttling(target, fault.code, fault.message);
    if (fault.kind === 'error') {
      const base = internalFailure();
      return new ServiceError(fault.code ?? base.code, fault.message ?? base.message, fault.status ?? base.status);
    }
  }
  return undefined;
}

const internalFailure = (): ServiceError =>
  new ServiceError('InternalFailure', 'The request processing has failed because of an unknown error.', 500);

const throttling = (target: Pick<CallTarget, 'protocol'>, code?: string, message?: string): ServiceError =>
  target.protocol === 's3'
    ? new ServiceError(code ?? 'SlowDown', message ?? 'Please reduce your request rate.', 503)
    : new ServiceError(code ?? 'Throttling', message ?? 'Rate exceeded', 400);
