import type { Attributes } from '@opentelemetry/api';
import { check } from '../check.ts';
import type { AttributeDefinition, MetricDefinition } from '../definitions/definition.ts';
import type { ProviderWatch } from '../provider-watch.ts';
import { warn } from '../warn.ts';
import { OTHER } from './attribute-values.ts';
import { type BucketIndex, bucketIndexOf } from './bucket-index.ts';
import { checkAttributes } from './check-attributes.ts';
import { checkBounds } from './check-bounds.ts';
import { BUCKETS_AT, CounterSeries, GaugeSeries, HistogramSeries, type Series, UpDownCounterSeries } from './series.ts';
import type { DropReason, SeriesStore } from './series-store.ts';

const SERIES_CLASS = { counter: CounterSeries, updowncounter: UpDownCounterSeries, gauge: GaugeSeries, histogram: HistogramSeries };

// OpenTelemetry specification 1.57, metrics SDK, "Overflow attribute".
const OVERFLOW_ATTRIBUTES: Attributes = { 'otel.metric.overflow': true };
const OVERFLOW_KEY = 'overflow';
const NO_BOUNDS: readonly number[] = [];

/** All series of one metric. */
export class Family {
  readonly definition: MetricDefinition;
  readonly watch: ProviderWatch;
  readonly #store: SeriesStore;
  readonly #attributes: readonly AttributeDefinition[];
  /** By their attributes. */
  readonly series = new Map<string, Series>();
  /** Of series that have no bounds of their own. */
  readonly #buckets: BucketIndex;
  /** How many series there may be, the overflow series included, as the specification counts. */
  readonly #maxSeries: number;
  readonly #warnedOf = new Set<DropReason>();

  constructor(store: SeriesStore, definition: MetricDefinition) {
    this.#store = store;
    this.watch = store.route.watch;
    this.definition = definition;
    const { bounds = NO_BOUNDS, attributes, optionalAttributes = [] } = definition;
    this.#attributes = [...attributes, ...optionalAttributes];
    // Where all values are listed in the definition, nothing can run away.
    const isClosed = this.#attributes.every(({ values }) => values);
    this.#maxSeries = isClosed ? Infinity : store.settings.maxSeriesPerMetric;
    this.#buckets = bucketIndexOf(bounds);
  }

  /**
   * The series of an attribute set, new or known; the overflow series where the metric has as many as it may.
   * @param bounds those of a new series, in place of the metric's.
   */
  bind(given: Readonly<Record<string, unknown>>, bounds?: readonly number[]): Series {
    const { name, instrument } = this.definition;
    if (bounds !== undefined) {
      check(instrument === 'histogram', `${name}: bounds`, bounds, `for a ${instrument}`);
      checkBounds(`${name}: bounds`, bounds);
    }
    checkAttributes(this.definition, given);
    const attributes: Attributes = {};
    for (const attribute of this.#attributes) {
      const { key } = attribute;
      const value = this.#store.attributeValues.admit(attribute, given);
      if (value === OTHER && given[key] !== OTHER) this.#drop('attribute_limit', key);
      if (value !== undefined) attributes[key] = value;
    }
    // A number is the same series as its text, because a label of Prometheus has no types.
    const key = JSON.stringify(Object.entries(attributes).map(String));
    const known = this.series.get(key);
    if (!known) return this.#create(key, attributes, bounds);
    // `_OTHER` stands for several sets, and they may differ.
    if (bounds && !Object.values(attributes).includes(OTHER)) {
      const present = String(known.buckets.bounds);
      check(String(bounds) === present, `${name}: bounds`, bounds, `${present} as before`);
    }
    return known;
  }

  #create(key: string, attributes: Attributes, bounds?: readonly number[]): Series {
    const overflow = this.series.get(OVERFLOW_KEY);
    const size = this.series.size - (overflow ? 1 : 0);
    if (size >= this.#maxSeries - 1 && key !== OVERFLOW_KEY) {
      this.#drop('series_limit', size);
      return overflow ?? this.#create(OVERFLOW_KEY, OVERFLOW_ATTRIBUTES);
    }
    const { slab, settings, attributeValues, route } = this.#store;
    const { instrument } = this.definition;
    const buckets = bounds ? bucketIndexOf(bounds) : this.#buckets;
    const slot = slab.allocate(instrument === 'histogram' ? BUCKETS_AT + buckets.bounds.length + 1 : 1);
    const created = new SERIES_CLASS[instrument](this, Object.freeze(attributes), buckets, slot, settings.clock.unixSeconds(), key);
    this.series.set(key, created);
    attributeValues.count(this.#attributes, attributes, 1);
    route.addSeries(created);
    return created;
  }

  remove(series: Series): void {
    const { key } = series;
    if (key === OVERFLOW_KEY || this.series.get(key) !== series) return;
    this.series.delete(key);
    this.#store.attributeValues.count(this.#attributes, series.attributes, -1);
    series.detach();
    this.#store.slab.free(series.slot);
  }

  /** Counts a measurement that was kept out. */
  refuse(value: unknown): void {
    // Of another type it may not even have a text.
    const shown = typeof value === 'number' ? value : typeof value;
    this.#drop(Number.isFinite(value) ? 'negative' : 'non_finite', shown);
  }

  /** Counts something that was dropped, and warns of the first of each reason. */
  #drop(reason: DropReason, what: string | number): void {
    this.#store.drop(reason);
    if (this.#warnedOf.has(reason)) return;
    this.#warnedOf.add(reason);
    warn(`${this.definition.name}: ${reason}: ${what}; further ones are only counted`);
  }
}
