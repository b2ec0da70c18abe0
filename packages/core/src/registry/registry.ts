import { check } from '../check.ts';
import type { AttributesOf, MetricDefinition } from '../definitions/definition.ts';
import { seriesCount } from '../definitions/own-health.ts';
import { metricProducer, type Producer, type ProducerOptions } from '../producer.ts';
import type { BindOptions, BoundGauge, BoundOf } from './bound-instruments.ts';
import { type CollectCallbacks, collectCallbacks } from './collect-callbacks.ts';
import type { CollectionReader } from './collection-reader.ts';
import { type EndedRuns, endedRuns } from './ended-runs.ts';
import { checkNaming, readRegistryOptions, type RegistryOptions } from './registry-options.ts';
import { type RunSeries, runSeries } from './run-series.ts';
import { type DropReason, SeriesStore } from './series-store.ts';
import { Snapshot } from './snapshot.ts';

/** Holds the series of all metrics and hands their values to readers. */
export class Registry {
  readonly #store: SeriesStore;
  readonly #callbacks: CollectCallbacks;
  readonly #endedRuns: EndedRuns;
  readonly #readers = new Set<CollectionReader>();
  readonly #seriesCount: BoundGauge;
  #collections = 0;

  /** @throws RangeError that names the option and its value. */
  constructor(options: RegistryOptions = {}) {
    const settings = readRegistryOptions(options);
    this.#store = new SeriesStore(settings, () => this.#refresh());
    this.#callbacks = collectCallbacks(this);
    this.#endedRuns = endedRuns(settings);
    this.#seriesCount = this.bind(seriesCount, {});
  }

  /**
   * The instrument of one attribute set: set up once, cheap to record on ever after. The same set gives the same instrument.
   * @throws TypeError for another metric of that name; RangeError for an attribute that is missing, unknown or has a value that it does not allow, for
   * bounds that are none, and for others than the set has.
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
    return runSeries(this.#store, (run) => {
      this.#endedRuns.add({ run, identity, endedAtSeconds: this.#store.settings.clock.monotonicSeconds(), collections: this.#collections });
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
    const { temporality, naming = this.#store.settings.naming } = options;
    check(temporality === undefined || typeof temporality === 'function', 'temporality', temporality, 'deltaTemporality');
    checkNaming(naming);
    return metricProducer(this.openReader(), naming, temporality?.());
  }

  /** Direct access to every value, for exporters that do without the OpenTelemetry SDK. */
  openReader(): CollectionReader {
    const reader: CollectionReader = {
      lastCollection: 0,
      collect: () => {
        this.#refresh();
        reader.lastCollection = ++this.#collections;
        const { settings, families, slab } = this.#store;
        return new Snapshot(settings.clock.unixSeconds(), families.values(), slab.copy());
      },
      close: () => {
        this.#readers.delete(reader);
        // A reader that was closed unused, by a start that failed, has taken nothing out: the plain API is open again.
        if (this.#readers.size === 0 && this.#collections === 0) this.#store.route.watch.setWaiting(true);
      },
    };
    this.#readers.add(reader);
    this.#store.route.close();
    return reader;
  }

  /** Counts in `modelmeter.dropped` what was kept out before it came here. */
  drop(reason: DropReason, count?: number): void {
    this.#store.drop(reason, count);
  }

  #refresh(): void {
    this.#endedRuns.expire(this.#store.settings.clock.monotonicSeconds(), this.#readers);
    this.#callbacks.run();
    let count = 0;
    for (const { series } of this.#store.families.values()) count += series.size;
    this.#seriesCount.set(count);
  }
}
