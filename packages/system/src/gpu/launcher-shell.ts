import { type ChildProcess, spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { LineSplitter } from './line-splitter.ts';
import type { NvidiaSmiRun } from './nvidia-smi-child.ts';

const STARTED = 'modelmeter:started';
const ENDED = 'modelmeter:ended';
/** What a shell says where there is no such program, or where it may not be executed. */
const NO_PROGRAM: readonly unknown[] = ['126', '127'];
/** More than a socket holds: what a program had started goes on writing after its end. */
const MAX_LEFT_OVER_CHARACTERS = 2 ** 20;

/**
 * Reads a line for each start: its number and the arguments. While the program runs, a second shell waits for a line that stops it, and for the
 * end of the process that asked, which ends it as well. Ctrl-C is not for them, nor for what a shell runs in the background.
 */
const SCRIPT = `
trap '' INT QUIT
exec 3<&0
while read -r number arguments; do
  case $number in *[!0-9]*) continue ;; esac
  echo "${STARTED} $number"
  "$0" $arguments 2>&1 3<&- &
  program=$!
  { read -r stop; kill -KILL $program; } <&3 &
  stopper=$!
  wait $program
  status=$?
  kill -KILL $stopper
  wait $stopper
  printf '\\n${ENDED} %s %s\\n' "$number" "$status"
done
`;

/** A POSIX shell that starts a program when told to, one at a time. It ends with this process, however that ends, and does not keep it alive. */
export class LauncherShell {
  readonly #child: ChildProcess;
  #run: NvidiaSmiRun | undefined;
  /** Of the one that was told last, and of the one whose output is read. */
  #toldNumber = 0;
  #startedNumber = 0;
  #leftOverCharacters = 0;
  #isOpen: boolean;

  /**
   * Blocks for the time of a fork.
   * @param onError the shell cannot be started: `isOpen` is false from the start.
   * @throws where Node may start no programs.
   */
  constructor(shell: string, program: string, onError: (error: Error) => void) {
    // What is told and what is said need a pipe each: a program may set its output, and with it all that shares the pipe, to be non-blocking.
    this.#child = spawn(shell, ['-c', SCRIPT, program], { stdio: ['pipe', 'pipe', 'ignore'] });
    this.#child.on('error', onError).on('exit', (code, signal) => this.#close(`its shell ended with ${signal ?? `exit status ${code}`}`));
    this.#child.unref();
    this.#isOpen = this.#child.pid !== undefined;
    const lines = new LineSplitter((line) => this.#onLine(line));
    (this.#child.stdin as Socket).unref().on('error', () => {});
    (this.#child.stdout as Socket)
      .unref()
      .setEncoding('utf8')
      .on('data', (chunk: string) => {
        this.#count(chunk.length);
        lines.push(chunk);
      })
      .on('error', () => {});
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Starts the program; one that was started before has ended, or was. @returns ends it; nothing is called after that. */
  start(run: NvidiaSmiRun, args: readonly string[]): () => void {
    this.#run = run;
    this.#child.stdin?.write(`${++this.#toldNumber} ${args.join(' ')}\n`);
    return () => {
      if (this.#run !== run) return;
      this.#run = undefined;
      this.#child.stdin?.write('stop\n');
    };
  }

  close(): void {
    this.#run = undefined;
    this.#close('');
  }

  get #isRunning(): boolean {
    return this.#run !== undefined && this.#startedNumber === this.#toldNumber;
  }

  #count(characters: number): void {
    if (this.#isRunning) {
      this.#leftOverCharacters = 0;
      this.#run?.onText(characters);
    } else if ((this.#leftOverCharacters += characters) > MAX_LEFT_OVER_CHARACTERS) {
      this.#close('what it had started writes without end');
    }
  }

  #onLine(line: string): void {
    const [word, number, status] = line.split(' ', 3);
    if (word === STARTED) this.#startedNumber = Number(number);
    else if (!this.#isRunning) return;
    else if (word !== ENDED) this.#run?.onLine(line);
    else if (Number(number) === this.#toldNumber) this.#over(`it ended with exit status ${status}`, NO_PROGRAM.includes(status));
  }

  /** The shells end by the end of what they read, and end the program; what that has started, by that of what it writes to. */
  #close(reason: string): void {
    this.#isOpen = false;
    this.#child.stdin?.destroy();
    this.#child.stdout?.destroy();
    this.#over(reason, false);
  }

  #over(reason: string, isMissing: boolean): void {
    const run = this.#run;
    this.#run = undefined;
    run?.onEnd(reason, isMissing);
  }
}
