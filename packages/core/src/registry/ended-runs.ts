import type { CollectionReader } from './collection-reader.ts';
import type { RunSeries } from './run-series.ts';

interface EndedRun {
  readonly run: RunSeries;
  readonly identity: string | undefined;
  readonly endedAtSeconds: number;
  /** How many collections had begun when the run ended. */
  readonly collections: number;
}

/** Runs that have ended and whose series are still exported, oldest first. */
export class EndedRuns {
  readonly #keepSeconds: number;
  readonly #keepAtMost: number;
  #runs: EndedRun[] = [];

  constructor(keepSeconds: number, keepAtMost: number) {
    this.#keepSeconds = keepSeconds;
    this.#keepAtMost = keepAtMost;
  }

  add(ended: EndedRun): void {
    if (this.#runs.some(({ run }) => run === ended.run)) return;
    this.#runs.push(ended);
    while (this.#runs.length > this.#keepAtMost) this.#runs.shift()?.run.release();
  }

  /** Releases the runs of an identity. */
  release(identity: string): void {
    this.#releaseWhere((ended) => ended.identity === identity);
  }

  /** Releases the runs whose time is over and whose final values every reader has had. */
  expire(nowSeconds: number, readers: Iterable<CollectionReader>): void {
    if (this.#runs.length === 0) return;
    const collectedByAll = Math.min(...Array.from(readers, (reader) => reader.lastCollection));
    this.#releaseWhere(
      ({ endedAtSeconds, collections }) => nowSeconds - endedAtSeconds >= this.#keepSeconds && collectedByAll > collections,
    );
  }

  #releaseWhere(isOver: (ended: EndedRun) => boolean): void {
    const over = this.#runs.filter(isOver);
    this.#runs = this.#runs.filter((ended) => !over.includes(ended));
    for (const { run } of over) run.release();
  }
}
