import type { ChildProcess } from 'node:child_process';

/** A process that was started, together with those it started when it has a group of its own. */
export interface ProcessGroup {
  /** Sends a signal. False when it could not be sent for want of permission: to a program of another user, such as `sudo`. */
  send(signal: NodeJS.Signals): boolean;
  /** Ends it: SIGTERM, after `killAfterMs` SIGKILL. Resolves when it is gone, or cannot be ended by this user. */
  end(killAfterMs: number): Promise<void>;
}

const POLL_MS = 20;

/** Reaches a process by its group where it leads one, otherwise by itself. */
export function processGroup(child: ChildProcess, ownGroup: boolean): ProcessGroup {
  const { pid } = child;

  function signal(name: NodeJS.Signals | 0): 'sent' | 'gone' | 'refused' {
    if (pid === undefined) return 'gone';
    // A number that was given back may belong to another process by now. That of a group stays taken while one of it lives.
    if (!ownGroup && hasEnded(child)) return 'gone';
    try {
      process.kill(ownGroup ? -pid : pid, name);
      return 'sent';
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'EPERM' ? 'refused' : 'gone';
    }
  }

  return {
    send: (name) => signal(name) !== 'refused',
    async end(killAfterMs) {
      let state = signal('SIGTERM');
      for (const deadline = performance.now() + killAfterMs; state === 'sent' && performance.now() < deadline; ) {
        await pause();
        state = signal(0);
      }
      if (state === 'sent') state = signal('SIGKILL');
      if (state === 'refused') child.unref();
      else await untilEnded(child);
      // A process that left the group may hold the output open.
      child.stdout?.destroy();
      child.stderr?.destroy();
    },
  };
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

async function untilEnded(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || hasEnded(child)) return;
  await new Promise<void>((resolve) => child.once('exit', () => resolve()));
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, POLL_MS));
}
