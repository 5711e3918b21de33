import { refuseRequest, type WaitingRequest } from './refuse-request.js';

/** What is asked of an agent; the types of Node do not show all of it. */
interface AgentMethods {
  destroy(): void;
  addRequest(request: WaitingRequest, ...rest: unknown[]): void;
}

/**
 * Stands in for an agent at the clients that share it: a client that is destroyed destroys its agent, and with it the requests of
 * all others. Here that does nothing. Once the pool is closed, new requests fail.
 */
export function shieldAgent<Agent extends object>(agent: Agent, isClosed: () => boolean): Agent {
  const own: AgentMethods = {
    destroy() {},
    addRequest(request, ...rest) {
      if (isClosed()) refuseRequest(request);
      else (agent as unknown as AgentMethods).addRequest(request, ...rest);
    },
  };
  return new Proxy(agent, {
    get(target, name) {
      if (Object.hasOwn(own, name)) return own[name as keyof AgentMethods];
      const value: unknown = Reflect.get(target, name);
      // Its own methods work on the agent itself, whose counters would otherwise be kept twice.
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
