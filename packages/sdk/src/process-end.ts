/** What has values to export before the process ends. */
export interface LastExport {
  /** Exports them within a bounded time; true when that was done in time. Must not reject. */
  readonly flush: () => Promise<boolean>;
  /** Ends what `flush` has left under way, because the process is to end. */
  readonly cut: () => void;
}

// One for all copies of this package: each of two would leave the ending of the process to the other. A change that makes copies differ
// takes the next number.
const KEY = Symbol.for('modelmeter.processEnd.1');

const SIGNALS: readonly NodeJS.Signals[] = process.platform === 'win32' ? ['SIGINT', 'SIGTERM'] : ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** The end of the process, for everything in it that exports. */
export function processEnd(): ProcessEnd {
  const holder = globalThis as { [KEY]?: ProcessEnd };
  return (holder[KEY] ??= new ProcessEnd());
}

/**
 * Flushes before a signal or an empty event loop ends the process, and leaves the ending as it would be without: the same exit status,
 * the other listeners called at the same time. A listener of others that exits at once exits before the flush is done.
 */
class ProcessEnd {
  readonly #exports = new Set<LastExport>();
  readonly #listeners = new Map(SIGNALS.map((signal) => [signal, () => void this.#onSignal(signal)]));
  readonly #onBeforeExit = () => void this.#onEmptyLoop();

  /** @returns a function that takes it away again. */
  add(lastExport: LastExport): () => void {
    this.#exports.add(lastExport);
    for (const signal of SIGNALS) this.#listen(signal);
    if (!process.listeners('beforeExit').includes(this.#onBeforeExit)) process.on('beforeExit', this.#onBeforeExit);
    return () => {
      this.#exports.delete(lastExport);
      if (this.#exports.size > 0) return;
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
    await this.#flush();
    if (isOurs) process.kill(process.pid, signal);
    else if (this.#exports.size > 0) this.#listen(signal);
  }

  async #onEmptyLoop(): Promise<void> {
    // Once: exporting fills the loop, so that it would be empty again for ever.
    process.removeListener('beforeExit', this.#onBeforeExit);
    const isDone = await this.#flush();
    // Nothing else is left that would keep the process, unless another listener has begun something.
    if (!isDone && process.listenerCount('beforeExit') === 0) for (const { cut } of this.#exports) cut();
  }

  async #flush(): Promise<boolean> {
    const results = await Promise.all(Array.from(this.#exports, ({ flush }) => flush()));
    return results.every(Boolean);
  }
}
