/** What is under way in a session. */
export interface SessionActivity {
  /** Requests of its clients that have begun and not ended, waits between attempts included. */
  readonly running: number;
  /** Requests that ever began. */
  readonly begun: number;
  /** Notes a request; returns what notes its end. */
  begin(): () => void;
}

/** Makes a count of requests, which are those of the parent too. */
export function createSessionActivity(parent?: SessionActivity): SessionActivity {
  let running = 0;
  let begun = 0;
  return {
    get running() {
      return running;
    },
    get begun() {
      return begun;
    },
    begin() {
      const endOfParent = parent?.begin();
      running++;
      begun++;
      return () => {
        running--;
        endOfParent?.();
      };
    },
  };
}

type Next = (args: unknown) => Promise<unknown>;

/** Counts the requests of a client of the SDK. */
export function countRequests(client: unknown, activity: SessionActivity): void {
  const middleware =
    (next: Next): Next =>
    async (args) => {
      const end = activity.begin();
      try {
        return await next(args);
      } finally {
        end();
      }
    };
  const { middlewareStack } = (client ?? {}) as {
    middlewareStack?: { add?(middleware: unknown, options: object): void };
  };
  middlewareStack?.add?.(middleware, {
    step: 'initialize',
    priority: 'high',
    name: 'bsmCountRequests',
    override: true,
  });
}
