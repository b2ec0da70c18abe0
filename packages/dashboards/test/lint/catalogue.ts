import { type MetricDefinition, prometheusLabel, prometheusName } from '@modelmeter/core';

/** A name under which Prometheus has samples: that of a metric, or a line of a histogram. */
export interface MetricLine {
  readonly definition: MetricDefinition;
  /** Name of the metric, without the suffix of a line. */
  readonly metric: string;
  /** Whether its values only grow, until the process starts anew. */
  readonly isCounter: boolean;
  /** Labels that its series may have; `job` and `instance` come from the scrape. */
  readonly labels: readonly string[];
}

/** The names that queries may read. */
export type Catalogue = ReadonlyMap<string, MetricLine>;

export function catalogueOf(definitions: readonly MetricDefinition[]): Catalogue {
  return new Map(definitions.flatMap(linesOf));
}

function linesOf(definition: MetricDefinition): [string, MetricLine][] {
  const metric = prometheusName(definition);
  const { instrument, attributes, optionalAttributes = [] } = definition;
  const labels = ['job', 'instance', ...[...attributes, ...optionalAttributes].map(({ key }) => prometheusLabel(key))];
  if (instrument !== 'histogram') return [[metric, { definition, metric, isCounter: instrument === 'counter', labels }]];
  return ['bucket', 'sum', 'count'].map((line) => [
    `${metric}_${line}`,
    { definition, metric, isCounter: true, labels: line === 'bucket' ? [...labels, 'le'] : labels },
  ]);
}
