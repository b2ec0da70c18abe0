import { checkDefinition } from './check-definition.ts';
import type { MetricDefinition } from './definition.ts';

/**
 * Defines a metric of your own: checks it, and keeps its literal types, from which `bind` checks attributes.
 * @throws TypeError or RangeError that names the metric and what is wrong with it.
 */
export function defineMetric<const D extends MetricDefinition>(definition: D): D {
  checkDefinition(definition);
  return definition;
}
