import type { CollectionReader } from './collection-reader.ts';
import type { RunSeries } from './run-series.ts';

interface EndedRun {
  readonly run: RunSeries;
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

  add(run: RunSeries, nowSeconds: number, collections: number): void {
    if (this.#runs.some((ended) => ended.run === run)) return;
    this.#runs.push({ run, endedAtSeconds: nowSeconds, collections });
    while (this.#runs.length > this.#keepAtMost) this.#runs.shift()?.run.release();
  }

  /** Releases the runs whose time is over and whose final values every reader has had. */
  expire(nowSeconds: number, readers: Iterable<CollectionReader>): void {
    if (this.#runs.length === 0) return;
    const collectedByAll = Math.min(...Array.from(readers, (reader) => reader.lastCollection));
    const [over, kept] = [[] as EndedRun[], [] as EndedRun[]];
    for (const ended of this.#runs) {
      const isOver = nowSeconds - ended.endedAtSeconds >= this.#keepSeconds && collectedByAll > ended.collections;
      (isOver ? over : kept).push(ended);
    }
    this.#runs = kept;
    for (const { run } of over) run.release();
  }
}
