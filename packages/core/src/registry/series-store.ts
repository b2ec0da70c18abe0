import { check } from '../check.ts';
import type { Clock } from '../clock.ts';
import { dropReason } from '../definitions/attributes.ts';
import type { MetricDefinition } from '../definitions/definition.ts';
import { dropped } from '../definitions/own-health.ts';
import { GlobalRoute } from '../global-route.ts';
import type { Naming } from '../naming.ts';
import type { AttributeValues } from './attribute-values.ts';
import { Family } from './family.ts';
import type { CounterSeries, Series } from './series.ts';
import { Slab } from './slab.ts';

export type DropReason = (typeof dropReason)['values'][number];

export interface StoreOptions {
  readonly clock: Clock;
  readonly maxSeriesPerMetric: number;
  readonly attributeValues: AttributeValues;
  readonly bounds: Readonly<Record<string, readonly number[]>>;
  readonly naming: Naming;
  /** Brings values that are read when asked up to date. */
  readonly refresh: () => void;
}

/** The metrics of a registry by name, and what their series share. */
export class SeriesStore {
  readonly clock: Clock;
  readonly maxSeriesPerMetric: number;
  readonly attributeValues: AttributeValues;
  readonly slab = new Slab();
  readonly route: GlobalRoute;
  readonly #bounds: StoreOptions['bounds'];
  readonly #families = new Map<string, Family>();
  /** Definitions that say the same as the one that their family has. */
  readonly #known = new WeakSet<MetricDefinition>();
  readonly #dropped: ReadonlyMap<DropReason, CounterSeries>;

  constructor({ clock, maxSeriesPerMetric, attributeValues, bounds, naming, refresh }: StoreOptions) {
    this.clock = clock;
    this.maxSeriesPerMetric = maxSeriesPerMetric;
    this.attributeValues = attributeValues;
    this.#bounds = bounds;
    this.route = new GlobalRoute(this, naming, refresh);
    this.#dropped = new Map(
      dropReason.values.map((reason) => {
        const series = this.resolve(dropped, { [dropReason.key]: reason }) as CounterSeries;
        series.holders = Infinity;
        return [reason, series];
      }),
    );
  }

  /**
   * The series of an attribute set, new or known.
   * @param bounds those of a new series, in place of the metric's.
   */
  resolve(definition: MetricDefinition, attributes: Readonly<Record<string, unknown>>, bounds?: readonly number[]): Series {
    this.route.watch.look();
    check(typeof definition === 'object' && definition !== null, 'definition', definition, 'a metric');
    const family = this.#families.get(definition.name) ?? this.#add(definition);
    if (!this.#known.has(definition)) {
      checkSame(family.definition, this.#withBounds(definition));
      this.#known.add(definition);
    }
    return family.bind(attributes, bounds);
  }

  families(): IterableIterator<Family> {
    return this.#families.values();
  }

  drop(reason: DropReason, count: number): void {
    this.#dropped.get(reason)?.add(count);
  }

  #add(given: MetricDefinition): Family {
    const definition = this.#withBounds(given);
    const family = new Family(this, definition);
    this.#families.set(definition.name, family);
    this.route.addFamily(family);
    return family;
  }

  #withBounds(definition: MetricDefinition): MetricDefinition {
    const bounds = this.#bounds[definition.name];
    return bounds && definition.instrument === 'histogram' ? { ...definition, bounds } : definition;
  }
}

/** A second copy of this package brings equal definitions under one name; a different metric of that name is a mistake. */
function checkSame(known: MetricDefinition, given: MetricDefinition): void {
  if (factsOf(known) !== factsOf(given)) {
    throw new TypeError(`${given.name} is defined already, with another instrument, unit, bounds or attributes`);
  }
}

function factsOf(definition: MetricDefinition): string {
  return JSON.stringify(definition, ['instrument', 'unit', 'bounds', 'attributes', 'optionalAttributes', 'key', 'values']);
}
