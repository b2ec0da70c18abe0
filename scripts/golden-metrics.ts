import { type MetricDefinition, prometheusName } from '@modelmeter/core';

/** What users' queries stand on, a line for each metric, so that a change of it is seen in review. */
export function goldenMetrics(definitions: readonly MetricDefinition[]): string {
  const lines = definitions.map((definition) => `  ${JSON.stringify(factsOf(definition))}`).sort();
  return `[\n${lines.join(',\n')}\n]\n`;
}

function factsOf(definition: MetricDefinition) {
  const { name, instrument, unit, attributes, optionalAttributes = [], bounds, stability = 'development' } = definition;
  return {
    name,
    prometheusName: prometheusName(definition),
    instrument,
    unit,
    attributes: attributes.map(({ key }) => key),
    optionalAttributes: optionalAttributes.map(({ key }) => key),
    bounds,
    stability,
  };
}
