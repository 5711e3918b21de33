import type { AwsCredentialIdentityProvider } from './credentials.js';
import { read } from './scrub-error.js';
import type { SharedCredentials } from './shared-credentials.js';

/** A client of the SDK whose requests can be wrapped. */
export interface RepairableClient {
  readonly config?: { readonly credentials?: AwsCredentialIdentityProvider };
  readonly middlewareStack?: { add(middleware: Middleware, options: Record<string, unknown>): void };
}

type Next = (args: MiddlewareArguments) => Promise<unknown>;
type Middleware = (next: Next, context: Record<string, unknown>) => Next;

interface MiddlewareArguments {
  readonly input?: unknown;
}

/**
 * Lets a client recover when a service rejects its credentials: they are renewed, once for all callers, and the request is sent
 * once more with the new ones.
 *
 * Does nothing when the renewal brings no other key, and never sends a stream a second time, since it has been read. The SDK
 * itself reports such a rejection for ever. `override` lets the same client be wrapped again.
 */
export function repairRejections(
  client: RepairableClient,
  credentials: SharedCredentials,
  isRejection: (error: unknown) => boolean,
): void {
  // The SDK before 2024 signs with a copy of its own, and does not say by which key.
  const own = client.config?.credentials ?? credentials;

  const middleware: Middleware = (next, context) => async (args) => {
    const keyBefore = credentials.current?.accessKeyId;
    try {
      return await next(args);
    } catch (error) {
      if (!isRejection(error)) throw error;
      try {
        const rejected = signingKeyId(context) ?? ((await own()).accessKeyId === keyBefore ? keyBefore : undefined);
        if (rejected) credentials.invalidate(rejected);
        if (hasStream(args.input)) throw error;
        const { accessKeyId } = await credentials();
        if (accessKeyId !== (await own()).accessKeyId) await own({ forceRefresh: true });
        else if (accessKeyId === rejected) throw error;
      } catch {
        // What the service said is the better answer: the failed refresh is an event of the session.
        throw error;
      }
      return next(args);
    }
  };
  client.middlewareStack?.add(middleware, {
    step: 'initialize',
    priority: 'low',
    name: 'bsmRepair',
    override: true,
  });
}

/** The key that signed the request, as the SDK's signing step notes it. */
function signingKeyId(context: Record<string, unknown>): string | undefined {
  const noted = context['__smithy_context'] as
    | { selectedHttpAuthScheme?: { identity?: { accessKeyId?: string } } }
    | undefined;
  return noted?.selectedHttpAuthScheme?.identity?.accessKeyId;
}

/** Anything in the input that can be read only once: Node streams, web streams, iterators of events. A Blob can be read again. */
function hasStream(input: unknown): boolean {
  return Object.values(input ?? {}).some((value) =>
    ['pipe', 'getReader', Symbol.asyncIterator].some((method) => typeof read(value, method) === 'function'),
  );
}
