import type { MetricDefinition } from '../definitions/definition.ts';
import { prometheusName } from '../prometheus-name.ts';

/** The names that the metrics of a registry have in Prometheus. */
export class PrometheusNames {
  readonly #ownerOf = new Map<string, string>();

  /** @throws TypeError where another metric has the name of this metric or of one of its lines. */
  claim(definition: MetricDefinition): void {
    const names = namesOf(definition);
    for (const name of names) {
      const owner = this.#ownerOf.get(name);
      if (owner !== undefined) throw new TypeError(`${definition.name} and ${owner} are both ${name} in Prometheus`);
    }
    for (const name of names) this.#ownerOf.set(name, definition.name);
  }
}

function namesOf(definition: MetricDefinition): string[] {
  const name = prometheusName(definition);
  switch (definition.instrument) {
    case 'histogram':
      return [name, `${name}_bucket`, `${name}_sum`, `${name}_count`];
    case 'counter':
      // OpenMetrics calls a counter without the suffix of its line.
      return [name, name.replace(/_total$/, '')];
    default:
      return [name];
  }
}
