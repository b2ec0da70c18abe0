import { type ChildProcess, spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { LineSplitter } from './line-splitter.ts';

/** What is told of an `nvidia-smi` that was started. */
export interface NvidiaSmiRun {
  /** It has written so many characters; called before the lines in them. */
  readonly onText: (length: number) => void;
  /** A line of its output, or of what it says of errors. */
  readonly onLine: (line: string) => void;
  /** It has ended by itself, or could not be started. */
  readonly onEnd: (reason: string, isMissing: boolean) => void;
}

// Errors of a start that the next one would end in as well.
const MISSING: readonly unknown[] = ['ENOENT', 'EACCES', 'ENOTDIR'];

/**
 * Starts `nvidia-smi` as a child of this process. It does not keep the process alive. When the process is killed, nvidia-smi ends by SIGPIPE with its
 * next line.
 * @returns ends it; nothing is called after that.
 */
export function startNvidiaSmiChild(program: string, args: readonly string[], run: NvidiaSmiRun): () => void {
  let isOver = false;
  const over = (reason: string, isMissing = false) => {
    if (isOver) return;
    isOver = true;
    run.onEnd(reason, isMissing);
  };

  let child: ChildProcess;
  try {
    child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
  } catch (error) {
    queueMicrotask(() => over(String(error)));
    return () => (isOver = true);
  }
  child.unref();
  child.on('error', (error: NodeJS.ErrnoException) => {
    if (child.pid === undefined) over(error.message, MISSING.includes(error.code));
  });
  child.on('close', (code, signal) => over(`it ended with ${signal ?? `exit status ${code}`}`));
  for (const stream of [child.stdout, child.stderr]) {
    const lines = new LineSplitter((line) => {
      if (!isOver) run.onLine(line);
    });
    (stream as Socket | null)
      ?.unref()
      .setEncoding('utf8')
      .on('data', (chunk: string) => {
        if (!isOver) run.onText(chunk.length);
        lines.push(chunk);
      })
      .on('error', () => {});
  }
  return () => {
    isOver = true;
    // A driver that hangs may keep it from ending on anything less, and it has nothing to put in order.
    child.kill('SIGKILL');
    // Where the program is a script, what it has started ends when it finds the other end closed.
    child.stdout?.destroy();
    child.stderr?.destroy();
  };
}
