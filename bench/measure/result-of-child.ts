import { type ForkOptions, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const TIMEOUT_MILLISECONDS = 120_000;

/** Runs a program in a process of its own and returns the first message that it sends. @throws where it ends without one. */
export async function resultOfChild<T>(program: URL, args: readonly string[], options: ForkOptions = {}): Promise<T> {
  const child = fork(fileURLToPath(program), [...args], { timeout: TIMEOUT_MILLISECONDS, ...options });
  const exit = once(child, 'exit').then(([code]) => Promise.reject(new Error(`${program.pathname} ${args.join(' ')} ended with ${code}`)));
  exit.catch(() => {});
  const [result] = (await Promise.race([once(child, 'message'), exit])) as [T];
  child.disconnect();
  return result;
}
