import { check } from '../check.ts';
import { dropReason } from '../definitions/attributes.ts';
import type { MetricDefinition } from '../definitions/definition.ts';
import { dropped } from '../definitions/own-health.ts';
import { type GlobalRoute, globalRoute } from '../global-route.ts';
import { AttributeValues } from './attribute-values.ts';
import { Family } from './family.ts';
import type { RegistrySettings } from './registry-options.ts';
import type { Series, CounterSeries } from './series.ts';
import { Slab } from './slab.ts';

export type DropReason = (typeof dropReason)['values'][number];

/** The metrics of a registry by name, and what their series share. */
export class SeriesStore {
  readonly settings: RegistrySettings;
  readonly attributeValues: AttributeValues;
  readonly slab = new Slab();
  readonly route: GlobalRoute;
  /** By the names of their metrics. */
  readonly families = new Map<string, Family>();
  /** Definitions that say the same as the one that their family has. */
  readonly #known = new WeakSet<MetricDefinition>();
  readonly #dropped: ReadonlyMap<DropReason, CounterSeries>;

  /** @param refresh brings values that are read when asked up to date. */
  constructor(settings: RegistrySettings, refresh: () => void) {
    this.settings = settings;
    this.attributeValues = new AttributeValues(settings.attributeLimits);
    this.route = globalRoute(this, settings.naming, refresh);
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
    const { name } = definition;
    let family = this.families.get(name);
    if (!family || !this.#known.has(definition)) {
      const own = this.#withBounds(definition);
      if (!family) {
        this.families.set(name, (family = new Family(this, own)));
        this.route.addFamily(family);
      }
      // A second copy of this package brings equal definitions under one name; a different metric of that name is a mistake.
      if (factsOf(family.definition) !== factsOf(own)) throw new TypeError(`${name} is another metric already`);
      this.#known.add(definition);
    }
    return family.bind(attributes, bounds);
  }

  drop(reason: DropReason, count = 1): void {
    this.#dropped.get(reason)?.add(count);
  }

  #withBounds(definition: MetricDefinition): MetricDefinition {
    const bounds = this.settings.bounds[definition.name];
    return bounds && definition.instrument === 'histogram' ? { ...definition, bounds } : definition;
  }
}

function factsOf(definition: MetricDefinition): string {
  return JSON.stringify(definition, ['instrument', 'unit', 'bounds', 'attributes', 'optionalAttributes', 'key', 'values']);
}
