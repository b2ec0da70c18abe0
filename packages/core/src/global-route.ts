import type { Histogram, Meter, ObservableResult } from '@opentelemetry/api';
import type { Naming } from './naming.ts';
import { providerWatch } from './provider-watch.ts';
import type { Family } from './registry/family.ts';
import { type HistogramSeries, type Series, VALUE_AT } from './registry/series.ts';
import type { SeriesStore } from './registry/series-store.ts';
import { SCOPE_NAME, SCOPE_VERSION } from './scope.ts';
import { warn } from './warn.ts';

const OBSERVABLE = {
  counter: 'createObservableCounter',
  updowncounter: 'createObservableUpDownCounter',
  gauge: 'createObservableGauge',
} as const;

/** The way out through the plain API. */
export type GlobalRoute = ReturnType<typeof globalRoute>;

/**
 * The way out through the plain API, to a MeterProvider that somebody else registers globally and that knows nothing of us. It is taken only
 * by a registry that no reader has been opened on: with a reader of our own, the same numbers would go out twice.
 *
 * Counters and gauges are read by callbacks, so they go out whole. Histograms cannot be read back in, so each value is forwarded from the
 * moment the provider is seen. Nothing is removed from an SDK: series do not end here, and the SDK's own cap applies.
 */
export function globalRoute(store: SeriesStore, naming: Naming, refresh: () => void) {
  const histograms = new Map<Family, Histogram>();
  const undo: (() => void)[] = [];
  let meter: Meter | undefined;
  let isFresh = false;

  /** A provider that fails is let go: what it does not take must not fail the work that is measured. */
  const attempt = (step: () => void) => {
    try {
      step();
    } catch (error) {
      close();
      warn('the global MeterProvider failed', error);
    }
  };

  const watch = providerWatch((provider) =>
    attempt(() => {
      meter = provider.getMeter(SCOPE_NAME, SCOPE_VERSION);
      for (const family of store.families.values()) {
        addInstrument(family);
        for (const series of family.series.values()) addSeries(series);
      }
    }),
  );

  /** Leaves the route for good. */
  const close = () => {
    watch.setWaiting(false);
    meter = undefined;
    for (const one of undo.splice(0)) one();
    for (const family of histograms.keys()) for (const series of family.series.values()) (series as HistogramSeries).forward = undefined;
    histograms.clear();
  };

  const addInstrument = (family: Family) => {
    if (!meter) return;
    const { instrument, unit, description, bounds } = family.definition;
    const name = naming.metricName(family.definition);
    if (instrument === 'histogram') {
      const advice = { explicitBucketBoundaries: [...(bounds ?? [])] };
      histograms.set(family, meter.createHistogram(name, { unit, description, advice }));
      return;
    }
    const observable = meter[OBSERVABLE[instrument]](name, { unit, description });
    const observe = (result: ObservableResult) => {
      refreshOnce();
      for (const series of family.series.values()) {
        const value = series.read(VALUE_AT);
        if (!Number.isNaN(value)) result.observe(value, naming.attributes(series.attributes));
      }
    };
    observable.addCallback(observe);
    undo.push(() => observable.removeCallback(observe));
  };

  const addSeries = (series: Series) => {
    const histogram = histograms.get(series.family);
    if (!histogram) return;
    const attributes = naming.attributes(series.attributes);
    (series as HistogramSeries).forward = (value) => histogram.record(value, attributes);
  };

  /** A provider calls all callbacks of one collection within one turn; the first of them brings the values up to date. */
  const refreshOnce = () => {
    if (isFresh) return;
    isFresh = true;
    queueMicrotask(() => (isFresh = false));
    refresh();
  };

  return { watch, close, addSeries, addFamily: (family: Family) => attempt(() => addInstrument(family)) };
}
