import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import type { Ending } from './program.ts';

export interface ProgramOptions {
  readonly ending: Ending;
  /** Where it posts its metrics. */
  readonly endpoint?: string;
  /** How often it calls startMetrics; 0 makes it a control. */
  readonly starts?: number;
  readonly flushTimeoutSeconds?: number;
  /** Sent one after the other, each when the program has written a line. */
  readonly signals?: readonly NodeJS.Signals[];
}

/** How a program ended. */
export interface End {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface RunningProgram {
  readonly ended: Promise<End & { readonly stderr: string; readonly secondsToEnd: number }>;
  kill(signal: NodeJS.Signals): void;
}

/** Runs program.ts. */
export function startProgram(options: ProgramOptions): RunningProgram {
  const { ending, endpoint = 'http://127.0.0.1:1', starts = 1, flushTimeoutSeconds = 30, signals = [] } = options;
  const program = join(import.meta.dirname, 'program.ts');
  const args = [program, ending, String(starts), endpoint, String(flushTimeoutSeconds)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], timeout: 60_000, killSignal: 'SIGKILL' });
  const left = [...signals];
  let lastLineAt = performance.now();
  createInterface(child.stdout).on('line', () => {
    lastLineAt = performance.now();
    const signal = left.shift();
    if (signal !== undefined) child.kill(signal);
  });
  async function end() {
    const [stderr, [code, signal]] = await Promise.all([text(child.stderr), once(child, 'close') as Promise<[End['code'], End['signal']]>]);
    return { code, signal, stderr, secondsToEnd: (performance.now() - lastLineAt) / 1000 };
  }
  return { ended: end(), kill: (signal) => void child.kill(signal) };
}
