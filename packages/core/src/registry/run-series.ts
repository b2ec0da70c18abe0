import type { AttributesOf, MetricDefinition } from '../definitions/definition.ts';
import type { BindOptions, BoundOf } from './bound-instruments.ts';
import type { Series } from './series.ts';
import type { SeriesStore } from './series-store.ts';

/**
 * The series of one training run, which end together: after `end()` they are exported until every reader has had the final values and the
 * registry's grace period has passed, or until too many later runs have ended. A series that another run or a plain `bind` uses stays.
 */
export class RunSeries {
  readonly #store: SeriesStore;
  readonly #onEnd: (run: RunSeries) => void;
  readonly #held = new Set<Series>();
  #hasEnded = false;

  constructor(store: SeriesStore, onEnd: (run: RunSeries) => void) {
    this.#store = store;
    this.#onEnd = onEnd;
  }

  /** As `Registry.bind`, for a series that ends with the run; bound after `end()`, it ends as if the run had ended then. */
  bind<D extends MetricDefinition>(definition: D, attributes: AttributesOf<D>, options: BindOptions<D> = {}): BoundOf<D> {
    const series = this.#store.resolve(definition, attributes, options.bounds);
    if (!this.#held.has(series)) {
      this.#held.add(series);
      series.holders++;
      if (this.#hasEnded) this.#onEnd(this);
    }
    return series as unknown as BoundOf<D>;
  }

  /** Begins the end of the series. What is recorded until they are gone is still exported. */
  end(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#onEnd(this);
  }

  /** Lets go of the series at once; those that nobody else holds are removed. */
  release(): void {
    for (const series of this.#held) if (--series.holders === 0) series.remove();
    this.#held.clear();
  }
}
