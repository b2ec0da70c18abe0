import { type Histogram, type Meter, type MeterProvider, type ObservableResult } from '@opentelemetry/api';
import type { Naming } from './naming.ts';
import { ProviderWatch } from './provider-watch.ts';
import type { Family } from './registry/family.ts';
import { HistogramSeries, type Series, VALUE_AT } from './registry/series.ts';
import type { SeriesStore } from './registry/series-store.ts';
import { SCOPE_NAME, SCOPE_VERSION } from './scope.ts';
import { warn } from './warn.ts';

const OBSERVABLE = {
  counter: 'createObservableCounter',
  updowncounter: 'createObservableUpDownCounter',
  gauge: 'createObservableGauge',
} as const;

/**
 * The way out through the plain API, to a MeterProvider that somebody else registers globally and that knows nothing of us. It is taken only
 * by a registry that no reader has been opened on: with a reader of our own, the same numbers would go out twice.
 *
 * Counters and gauges are read by callbacks, so they go out whole. Histograms cannot be read back in, so each value is forwarded from the
 * moment the provider is seen. Nothing is removed from an SDK: series do not end here, and the SDK's own cap applies.
 */
export class GlobalRoute {
  readonly watch: ProviderWatch = new ProviderWatch((provider) => this.#take(provider));
  readonly #store: SeriesStore;
  readonly #naming: Naming;
  readonly #refresh: () => void;
  readonly #histograms = new Map<Family, Histogram>();
  readonly #undo: (() => void)[] = [];
  #meter: Meter | undefined;
  #isFresh = false;

  constructor(store: SeriesStore, naming: Naming, refresh: () => void) {
    this.#store = store;
    this.#naming = naming;
    this.#refresh = refresh;
  }

  #take(provider: MeterProvider): void {
    this.#attempt(() => {
      this.#meter = provider.getMeter(SCOPE_NAME, SCOPE_VERSION);
      for (const family of this.#store.families()) {
        this.#addInstrument(family);
        for (const series of family.series()) this.addSeries(series);
      }
    });
  }

  /** A provider that fails is let go: what it does not take must not fail the work that is measured. */
  #attempt(step: () => void): void {
    try {
      step();
    } catch (error) {
      this.close();
      warn('the global MeterProvider failed and gets no metrics', error);
    }
  }

  /** Leaves the route for good. */
  close(): void {
    this.watch.stop();
    this.#meter = undefined;
    for (const undo of this.#undo.splice(0)) undo();
    for (const family of this.#histograms.keys()) for (const series of family.series()) (series as HistogramSeries).forward = undefined;
    this.#histograms.clear();
  }

  addFamily(family: Family): void {
    this.#attempt(() => this.#addInstrument(family));
  }

  #addInstrument(family: Family): void {
    const meter = this.#meter;
    if (!meter) return;
    const { instrument, unit, description, bounds } = family.definition;
    const name = this.#naming.metricName(family.definition);
    if (instrument === 'histogram') {
      const advice = { explicitBucketBoundaries: [...(bounds ?? [])] };
      this.#histograms.set(family, meter.createHistogram(name, { unit, description, advice }));
      return;
    }
    const observable = meter[OBSERVABLE[instrument]](name, { unit, description });
    const observe = (result: ObservableResult) => this.#observe(family, result);
    observable.addCallback(observe);
    this.#undo.push(() => observable.removeCallback(observe));
  }

  addSeries(series: Series): void {
    if (!(series instanceof HistogramSeries)) return;
    const histogram = this.#histograms.get(series.family);
    if (!histogram) return;
    const attributes = this.#naming.attributes(series.attributes);
    series.forward = (value) => histogram.record(value, attributes);
  }

  #observe(family: Family, result: ObservableResult): void {
    this.#refreshOnce();
    for (const series of family.series()) {
      const value = series.read(VALUE_AT);
      if (!Number.isNaN(value)) result.observe(value, this.#naming.attributes(series.attributes));
    }
  }

  /** A provider calls all callbacks of one collection within one turn; the first of them brings the values up to date. */
  #refreshOnce(): void {
    if (this.#isFresh) return;
    this.#isFresh = true;
    queueMicrotask(() => (this.#isFresh = false));
    this.#refresh();
  }
}
