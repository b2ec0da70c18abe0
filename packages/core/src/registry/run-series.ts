import type { AttributesOf, MetricDefinition } from '../definitions/definition.ts';
import type { BindOptions, BoundOf } from './bound-instruments.ts';
import type { Series } from './series.ts';
import type { SeriesStore } from './series-store.ts';

/**
 * The series of one training run, which end together: after `end()` they are exported until every reader has had the final values and the
 * registry's grace period has passed, or until too many later runs have ended. A series that another run or a plain `bind` uses stays.
 */
export interface RunSeries {
  /** As `Registry.bind`, for a series that ends with the run; bound after `end()`, it ends as if the run had ended then. */
  bind<D extends MetricDefinition>(definition: D, attributes: AttributesOf<D>, options?: BindOptions<D>): BoundOf<D>;
  /** Begins the end of the series. What is recorded until they are gone is still exported. */
  end(): void;
  /** Lets go of the series at once; those that nobody else holds are removed. */
  release(): void;
}

export function runSeries(store: SeriesStore, onEnd: (run: RunSeries) => void): RunSeries {
  const held = new Set<Series>();
  let hasEnded = false;
  const run: RunSeries = {
    bind<D extends MetricDefinition>(definition: D, attributes: AttributesOf<D>, options: BindOptions<D> = {}) {
      const series = store.resolve(definition, attributes, options.bounds);
      if (!held.has(series)) {
        held.add(series);
        series.holders++;
        if (hasEnded) onEnd(run);
      }
      return series as unknown as BoundOf<D>;
    },

    end() {
      if (hasEnded) return;
      hasEnded = true;
      onEnd(run);
    },

    release() {
      for (const series of held) if (--series.holders === 0) series.remove();
      held.clear();
    },
  };
  return run;
}
