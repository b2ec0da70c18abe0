import type { CollectionReader } from './collection-reader.ts';
import type { RegistrySettings } from './registry-options.ts';
import type { RunSeries } from './run-series.ts';

interface EndedRun {
  readonly run: RunSeries;
  readonly identity: string | undefined;
  readonly endedAtSeconds: number;
  /** How many collections had begun when the run ended. */
  readonly collections: number;
}

/** Runs that have ended and whose series are still exported. */
export type EndedRuns = ReturnType<typeof endedRuns>;

export function endedRuns({ keepEndedRunsSeconds, keepEndedRuns }: RegistrySettings) {
  /** Oldest first. */
  let runs: readonly EndedRun[] = [];

  const releaseWhere = (isOver: (ended: EndedRun, i: number) => boolean) => {
    const over = runs.filter(isOver);
    runs = runs.filter((ended) => !over.includes(ended));
    for (const { run } of over) run.release();
  };

  return {
    add(ended: EndedRun) {
      if (runs.some(({ run }) => run === ended.run)) return;
      runs = [...runs, ended];
      const excess = runs.length - keepEndedRuns;
      releaseWhere((_, i) => i < excess);
    },

    /** Releases the runs of an identity. */
    release(identity: string) {
      releaseWhere((ended) => ended.identity === identity);
    },

    /** Releases the runs whose time is over and whose final values every reader has had. */
    expire(nowSeconds: number, readers: Iterable<CollectionReader>) {
      const collectedByAll = Math.min(...Array.from(readers, (reader) => reader.lastCollection));
      releaseWhere(
        ({ endedAtSeconds, collections }) => nowSeconds - endedAtSeconds >= keepEndedRunsSeconds && collectedByAll > collections,
      );
    },
  };
}
