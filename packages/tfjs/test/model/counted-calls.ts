import { attributes, inferenceMetrics as metric } from '@modelmeter/core';
import type { CollectedValues } from '@modelmeter/test-kit/collected-values';

/** How many calls are counted, by method and timing: `{ 'predict complete': 2 }`. */
export function countedCalls(values: CollectedValues): Record<string, number> {
  return Object.fromEntries(
    values
      .all(metric.modelCallDuration)
      .map(([has, value]) => [[has[attributes.modelMethod.key], has[attributes.timing.key]].join(' '), (value as { count: number }).count]),
  );
}
