import { diag } from '@opentelemetry/api';
import { isProgram } from './find-program.ts';
import { LauncherShell } from './launcher-shell.ts';
import { type NvidiaSmiRun, startNvidiaSmiChild } from './nvidia-smi-child.ts';

/**
 * Starts `nvidia-smi` as often as need be without holding up the program, from a small shell that is started at once where there is such a program.
 *
 * Node starts programs by fork(2), which copies the page tables of the process, and waits until the copy is thrown away: the more memory the process
 * holds, the longer that takes (docs/benchmarks.md). A worker thread does not help: the memory of all threads is locked while it is copied, half of that
 * time, and to start the thread takes longer than the fork of a small process. So there is one fork, while the process is small; all others are the
 * shell's.
 */
export class NvidiaSmiLauncher {
  readonly #program: string;
  readonly #shellProgram: string;
  /** Whether there is such a program. */
  readonly #isThere: Promise<boolean>;
  #shell: LauncherShell | undefined;
  // Windows starts programs without a fork.
  #isShellWanted = process.platform !== 'win32';
  /** Of the last start. */
  #end = () => {};
  #isStopped = false;

  constructor(program: string, shell = '/bin/sh') {
    this.#program = program;
    this.#shellProgram = shell;
    this.#isThere = this.#isShellWanted ? this.#prepare() : Promise.resolve(true);
  }

  /** Starts it; one that was started before has ended, or was. @returns ends it; nothing is called after that. */
  start(run: NvidiaSmiRun, args: readonly string[]): () => void {
    let isOver = false;
    let endRun = () => {};
    const begin = async () => {
      const isThere = await this.#isThere;
      if (isOver) return;
      if (isThere) endRun = this.#openShell()?.start(run, args) ?? startNvidiaSmiChild(this.#program, args, run);
      else run.onEnd(`there is no ${this.#program}`, true);
    };
    void begin();
    this.#end = () => {
      isOver = true;
      endRun();
    };
    return this.#end;
  }

  stop(): void {
    this.#isStopped = true;
    this.#end();
    this.#shell?.close();
  }

  async #prepare(): Promise<boolean> {
    const isThere = await isProgram(this.#program);
    if (isThere && !this.#isStopped) this.#openShell();
    return isThere;
  }

  /** @returns undefined where there is none; each start is a fork of this process then. */
  #openShell(): LauncherShell | undefined {
    if (this.#shell?.isOpen || !this.#isShellWanted) return this.#shell;
    try {
      this.#shell = new LauncherShell(this.#shellProgram, this.#program, (error) => this.#doWithout(error));
      // Where there is no shell, `error` comes later.
      this.#isShellWanted = this.#shell.isOpen;
    } catch (error) {
      this.#doWithout(error);
    }
    if (!this.#isShellWanted) this.#shell = undefined;
    return this.#shell;
  }

  #doWithout(error: unknown): void {
    this.#isShellWanted = false;
    diag.warn(`modelmeter: without a shell each start of ${this.#program} blocks the event loop: ${String(error)}`);
  }
}
