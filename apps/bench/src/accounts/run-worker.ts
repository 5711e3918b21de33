import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Spent } from './spent.js';

/** A program and what it prints, one JSON object a line. */
export async function runWorker(command: string, args: readonly string[]): Promise<readonly Spent[]> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: Spent[] = [];
  const ended = once(child, 'close');
  for await (const line of createInterface({ input: child.stdout })) lines.push(JSON.parse(line) as Spent);
  const [code] = (await ended) as [number | null];
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}`);
  return lines;
}
