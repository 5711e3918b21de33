import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { TestProject } from 'vitest/node';
import { pythonEnvironment } from './python-environment.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The URL of moto. */
    readonly endpoint: string;
    /** The AWS CLI and the Python that has boto3. */
    readonly programs: { readonly aws: string; readonly python: string };
  }
}

const START_MS = 60_000;

/** The server itself, which ends with its input: who started it may be killed, and then nobody else is left to end it. */
const MOTO = `
import os, sys, threading
from moto.server import main
threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
main()
`;

/** Starts moto on a free loopback port before the tests and ends it, by its process, after them. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const program = await pythonEnvironment();
  const moto = spawn(program('python'), ['-c', MOTO, '-H', '127.0.0.1', '-p', '0'], {
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  const stop = async (): Promise<void> => {
    const ended = once(moto, 'exit');
    if (moto.kill()) await ended;
  };
  const timer = setTimeout(() => moto.kill(), START_MS);
  const endpoint = await endpointIn(moto.stderr);
  clearTimeout(timer);
  project.provide('endpoint', endpoint);
  project.provide('programs', { aws: program('aws'), python: program('python') });
  return stop;
}

/** Waits until moto says where it listens, and goes on reading so that moto never waits for a reader. */
async function endpointIn(output: Readable): Promise<string> {
  const said: string[] = [];
  for await (const line of createInterface({ input: output })) {
    said.push(line);
    const endpoint = /Running on (http:\/\/127\.0\.0\.1:\d+)/.exec(line)?.[1];
    if (endpoint === undefined) continue;
    output.resume();
    return endpoint;
  }
  throw new Error(`moto did not start:\n${said.join('\n')}`);
}
