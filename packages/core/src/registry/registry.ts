import { check } from '../check.ts';
import { type Clock, systemClock } from '../clock.ts';
import type { AttributesOf, MetricDefinition } from '../definitions/definition.ts';
import { seriesCount } from '../definitions/own-health.ts';
import { type Naming, otelNaming } from '../naming.ts';
import { Producer, type ProducerOptions } from '../producer.ts';
import { AttributeValues } from './attribute-values.ts';
import type { BindOptions, BoundGauge, BoundOf } from './bound-instruments.ts';
import { checkBounds } from './check-bounds.ts';
import { CollectCallbacks } from './collect-callbacks.ts';
import { CollectionReader } from './collection-reader.ts';
import { EndedRuns } from './ended-runs.ts';
import { RunSeries } from './run-series.ts';
import { type DropReason, SeriesStore } from './series-store.ts';
import { Snapshot } from './snapshot.ts';

export interface RegistryOptions {
  /**
   * Attribute sets that a metric may have, the overflow series included; an integer from 2.
   * @default 2000
   */
  readonly maxSeriesPerMetric?: number;
  /** Distinct values by key of an open attribute, in place of the numbers of the definitions; integers from 1. */
  readonly attributeLimits?: Readonly<Record<string, number>>;
  /** Bucket bounds by metric name, in place of those of the definitions. */
  readonly bounds?: Readonly<Record<string, readonly number[]>>;
  /**
   * How long the series of an ended run are still exported, in seconds ≥ 0.
   * @default 300
   */
  readonly keepEndedRunsSeconds?: number;
  /**
   * How many ended runs are still exported; an integer from 0.
   * @default 20
   */
  readonly keepEndedRuns?: number;
  /**
   * What instruments are called on the way out: `portableNaming` gives them their final Prometheus names, for back ends that translate nothing.
   * @default otelNaming
   */
  readonly naming?: Naming;
  /** @default systemClock */
  readonly clock?: Clock;
}

/** Holds the series of all metrics and hands their values to readers. */
export class Registry {
  readonly #store: SeriesStore;
  readonly #naming: Naming;
  readonly #callbacks: CollectCallbacks;
  readonly #endedRuns: EndedRuns;
  readonly #readers = new Set<CollectionReader>();
  readonly #seriesCount: BoundGauge;
  #collections = 0;

  /** @throws RangeError that names the option and its value. */
  constructor(options: RegistryOptions = {}) {
    const { maxSeriesPerMetric = 2000, attributeLimits = {}, bounds = {}, naming = otelNaming, clock = systemClock } = options;
    const { keepEndedRunsSeconds = 300, keepEndedRuns = 20 } = options;
    checkInteger('maxSeriesPerMetric', maxSeriesPerMetric, 2);
    checkInteger('keepEndedRuns', keepEndedRuns, 0);
    for (const [key, limit] of Object.entries(attributeLimits)) checkInteger(`attributeLimits["${key}"]`, limit, 1);
    check(
      typeof keepEndedRunsSeconds === 'number' && keepEndedRunsSeconds >= 0,
      'keepEndedRunsSeconds',
      keepEndedRunsSeconds,
      'a number ≥ 0',
    );
    for (const [name, given] of Object.entries(bounds)) checkBounds(`bounds["${name}"]`, given);
    checkNaming(naming);
    const attributeValues = new AttributeValues(attributeLimits);
    this.#naming = naming;
    this.#store = new SeriesStore({ clock, maxSeriesPerMetric, attributeValues, bounds, naming, refresh: () => this.#refresh() });
    this.#callbacks = new CollectCallbacks(this);
    this.#endedRuns = new EndedRuns(keepEndedRunsSeconds, keepEndedRuns);
    this.#seriesCount = this.bind(seriesCount, {});
  }

  /**
   * The instrument of one attribute set: set up once, cheap to record on ever after. The same set gives the same instrument.
   * @throws TypeError for an attribute that is missing or unknown, and for another metric of that name; RangeError for a value that the attribute
   * does not allow, for bounds that are none, and for others than the set has.
   */
  bind<D extends MetricDefinition>(definition: D, attributes: AttributesOf<D>, options: BindOptions<D> = {}): BoundOf<D> {
    const series = this.#store.resolve(definition, attributes, options.bounds);
    series.holders = Infinity;
    return series as unknown as BoundOf<D>;
  }

  /**
   * Begins a group of series that end together.
   * @param identity what the run's series are told apart by. An ended run of the same identity makes way: its last values are not this run's.
   */
  beginRun(identity?: string): RunSeries {
    if (identity !== undefined) this.#endedRuns.release(identity);
    return new RunSeries(this.#store, (run) => {
      this.#endedRuns.add({ run, identity, endedAtSeconds: this.#store.clock.monotonicSeconds(), collections: this.#collections });
    });
  }

  /**
   * Has `callback` run at the start of each collection, to set values that are read when asked. It must be quick and synchronous; when it
   * throws, `modelmeter.collector.up` is 0 for `name` and everything else is collected all the same.
   * @returns a function that takes the callback away again.
   */
  onCollect(name: string, callback: () => void): () => void {
    return this.#callbacks.add(name, callback);
  }

  /** A `MetricProducer` for one OpenTelemetry metric reader. Make one for each reader, before a global provider is set. */
  producer(options: ProducerOptions = {}): Producer {
    const { temporality, naming = this.#naming } = options;
    check(temporality === undefined || typeof temporality === 'function', 'temporality', temporality, 'deltaTemporality');
    checkNaming(naming);
    return new Producer(this.openReader(), naming, temporality?.());
  }

  /** Direct access to every value, for exporters that do without the OpenTelemetry SDK. */
  openReader(): CollectionReader {
    const reader = new CollectionReader({
      collect: () => this.#collect(reader),
      close: () => this.#close(reader),
    });
    this.#readers.add(reader);
    this.#store.route.close();
    return reader;
  }

  /** Counts in `modelmeter.dropped` what was kept out before it came here. */
  drop(reason: DropReason, count = 1): void {
    this.#store.drop(reason, count);
  }

  #close(reader: CollectionReader): void {
    this.#readers.delete(reader);
    // A reader that was closed unused, by a start that failed, has taken nothing out: the plain API is open again.
    if (this.#readers.size === 0 && this.#collections === 0) this.#store.route.watch.restart();
  }

  #refresh(): void {
    this.#endedRuns.expire(this.#store.clock.monotonicSeconds(), this.#readers);
    this.#callbacks.run();
    let count = 0;
    for (const family of this.#store.families()) count += family.size;
    this.#seriesCount.set(count);
  }

  #collect(reader: CollectionReader): Snapshot {
    this.#refresh();
    reader.lastCollection = ++this.#collections;
    return new Snapshot(this.#store.clock.unixSeconds(), this.#store.families(), this.#store.slab.copy());
  }
}

function checkInteger(option: string, value: number, least: number): void {
  check(Number.isInteger(value) && value >= least, option, value, `an integer from ${least}`);
}

function checkNaming(naming: Naming): void {
  check(typeof naming?.metricName === 'function', 'naming', naming, 'a Naming');
}
