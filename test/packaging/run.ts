import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Runs a program to its end and returns what it printed; when it fails, the error says what it printed. */
export async function run(folder: string, program: string, ...args: readonly string[]): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(program, args, { cwd: folder, timeout: 60_000, maxBuffer: 2 ** 26 });
    return stdout;
  } catch (error) {
    const { stdout, stderr, message } = error as Error & { stdout: string; stderr: string };
    throw new Error(`${message}\n${stdout}\n${stderr}`, { cause: error });
  }
}
