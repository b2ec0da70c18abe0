import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** A program that runs until it is told to stop, or until this process is gone, however that came about. */
export interface ServerProcess {
  /** The end of what it wrote to standard error. */
  log(): string;
  hasEnded(): boolean;
  stop(): Promise<void>;
}

// The shell ends the program when its standard input closes, which happens even if this process is killed.
const SUPERVISE = '"$@" & exec 2>&-; read _; kill $!; wait $!';

export function startServerProcess(program: string, args: readonly string[]): ServerProcess {
  const shell = spawn('sh', ['-c', SUPERVISE, 'sh', program, ...args], { stdio: ['pipe', 'ignore', 'pipe'] });
  let log = '';
  shell.stderr.setEncoding('utf8').on('data', (text: string) => {
    log = (log + text).slice(-10_000);
  });
  const exit = once(shell, 'exit');
  return {
    log: () => log,
    hasEnded: () => shell.stderr.readableEnded,
    async stop() {
      shell.stdin.end();
      await exit;
    },
  };
}
