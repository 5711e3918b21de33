import { sessionClosed } from './lifetime.js';

/** A request that waits for a connection. */
export interface WaitingRequest {
  destroy(): unknown;
  emit(event: 'error', error: Error): unknown;
  emit(event: 'close'): unknown;
}

/** Fails a request of a closed session. Destroying it alone says nothing to anybody as long as it has no connection. */
export function refuseRequest(request: WaitingRequest): void {
  process.nextTick(() => {
    request.destroy();
    request.emit('error', sessionClosed());
    request.emit('close');
  });
}
