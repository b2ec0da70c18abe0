import { platform } from 'node:process';

/** Exports the last values within a bounded time; true when that was done in time. Must not reject. */
export type LastFlush = () => Promise<boolean>;

// One for all copies of this package: each of two would leave the ending of the process to the other. A change that makes copies differ
// takes the next number.
const KEY = Symbol.for('modelmeter.processEnd.1');

const SIGNALS: readonly NodeJS.Signals[] = platform === 'win32' ? ['SIGINT', 'SIGTERM'] : ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** The end of the process for everything in it that has values to export. */
export function processEnd(): ProcessEnd {
  const holder = globalThis as { [KEY]?: ProcessEnd };
  return (holder[KEY] ??= new ProcessEnd());
}

/**
 * Flushes before a signal or an empty event loop ends the process, and leaves the ending as it would be without: the same exit status,
 * the other listeners called at the same time. A listener of others that exits at once exits before the flush is done.
 */
class ProcessEnd {
  readonly #flushes = new Set<LastFlush>();
  readonly #listeners = new Map(SIGNALS.map((signal) => [signal, () => void this.#onSignal(signal)]));
  readonly #onBeforeExit = () => void this.#onEmptyLoop();

  /** @returns a function that takes `flush` away again. */
  add(flush: LastFlush): () => void {
    this.#flushes.add(flush);
    for (const signal of SIGNALS) this.#listen(signal);
    if (!process.listeners('beforeExit').includes(this.#onBeforeExit)) process.on('beforeExit', this.#onBeforeExit);
    return () => {
      this.#flushes.delete(flush);
      if (this.#flushes.size > 0) return;
      for (const [signal, listener] of this.#listeners) process.removeListener(signal, listener);
      process.removeListener('beforeExit', this.#onBeforeExit);
    };
  }

  #listen(signal: NodeJS.Signals): void {
    const listener = this.#listeners.get(signal);
    if (listener && !process.listeners(signal).includes(listener)) process.prependListener(signal, listener);
  }

  async #onSignal(signal: NodeJS.Signals): Promise<void> {
    // Taken away before the other listeners are called: those that count listeners find what they would without us, and where there are no
    // others a second signal ends the process at once.
    const listener = this.#listeners.get(signal);
    if (listener) process.removeListener(signal, listener);
    const isOurs = process.listenerCount(signal) === 0;
    await this.#flushAll();
    if (isOurs) process.kill(process.pid, signal);
    else if (this.#flushes.size > 0) this.#listen(signal);
  }

  async #onEmptyLoop(): Promise<void> {
    // Once: exporting fills the loop again, so that it would be empty again for ever.
    process.removeListener('beforeExit', this.#onBeforeExit);
    const isDone = await this.#flushAll();
    // An export that hangs holds the process up. It would have ended by now, unless another listener has begun something.
    if (!isDone && process.listenerCount('beforeExit') === 0) process.exit();
  }

  async #flushAll(): Promise<boolean> {
    const results = await Promise.all(Array.from(this.#flushes, (flush) => flush()));
    return results.every(Boolean);
  }
}
