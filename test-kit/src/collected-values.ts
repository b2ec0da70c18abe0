import { type MetricDefinition, type Producer, Registry } from '@modelmeter/core';

type Value = number | { readonly count: number; readonly sum: number };

/** What a registry exports, looked up by definition and attributes. */
export class CollectedValues {
  readonly #values = new Map<string, Value>();

  static async of(producer: Producer): Promise<CollectedValues> {
    const collected = new CollectedValues();
    const { resourceMetrics } = await producer.collect();
    for (const { metrics } of resourceMetrics.scopeMetrics) {
      for (const { descriptor, dataPoints } of metrics) {
        for (const { attributes, value } of dataPoints) collected.#values.set(keyOf(descriptor.name, attributes), value);
      }
    }
    return collected;
  }

  /** The value of the one series that has all the given attributes; undefined where there is none. */
  value(definition: MetricDefinition, attributes: Readonly<Record<string, unknown>> = {}): number | undefined {
    const value = this.#find(definition, attributes);
    return typeof value === 'object' ? value.sum : value;
  }

  count(definition: MetricDefinition, attributes: Readonly<Record<string, unknown>> = {}): number | undefined {
    const value = this.#find(definition, attributes);
    return typeof value === 'object' ? value.count : undefined;
  }

  /** Attribute sets and values of every series of a metric. */
  all(definition: MetricDefinition): [attributes: Record<string, unknown>, value: Value][] {
    return [...this.#values].filter(([key]) => JSON.parse(key)[0] === definition.name).map(([key, value]) => [JSON.parse(key)[1], value]);
  }

  #find(definition: MetricDefinition, attributes: Readonly<Record<string, unknown>>): Value | undefined {
    const found = this.all(definition).filter(([has]) => Object.entries(attributes).every(([key, value]) => has[key] === value));
    if (found.length > 1) throw new Error(`${found.length} series of ${definition.name} have ${JSON.stringify(attributes)}`);
    return found[0]?.[1];
  }
}

function keyOf(name: string, attributes: Readonly<Record<string, unknown>>): string {
  return JSON.stringify([name, Object.fromEntries(Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1)))]);
}

/** A registry of a test's own, with the producer that reads it. */
export function testRegistry(options: ConstructorParameters<typeof Registry>[0] = {}): {
  registry: Registry;
  collect: () => Promise<CollectedValues>;
} {
  const registry = new Registry(options);
  const producer = registry.producer();
  return { registry, collect: () => CollectedValues.of(producer) };
}
