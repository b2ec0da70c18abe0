import { attributes as attribute, inferenceMetrics as metric } from '@modelmeter/core';
import { type InferenceMetrics, type InferenceOptions, measureInference } from '@modelmeter/inference';
import { type CollectedValues, testRegistry } from '@modelmeter/test-kit/collected-values';
import { FakeClock } from '@modelmeter/test-kit/fake-clock';

export interface MeasuredModel {
  readonly metrics: InferenceMetrics;
  readonly clock: FakeClock;
  readonly options: InferenceOptions;
  /** What the registry holds of the model's requests. */
  readonly requests: () => Promise<Requests>;
  readonly collect: () => Promise<CollectedValues>;
}

export interface Requests {
  /** Requests that succeeded, and the sum of their seconds. */
  readonly succeeded: { readonly count: number; readonly seconds: number };
  /** Requests by error type, without the types of which there are none. */
  readonly failed: Readonly<Record<string, number>>;
  readonly active: number;
}

/** A model `digits` that is measured in a registry of its own, by a clock that the test moves. */
export function measuredModel(options: Partial<InferenceOptions> = {}): MeasuredModel {
  const clock = new FakeClock();
  const { registry, collect } = testRegistry({ clock });
  const all = { model: 'digits', registry, clock, ...options };
  return { metrics: measureInference(all), clock, options: all, collect, requests: async () => requestsOf(await collect()) };
}

function requestsOf(values: CollectedValues): Requests {
  const durations = values.all(metric.inferenceDuration);
  const [succeeded = { count: 0, sum: 0 }] = durations
    .filter(([attributes]) => attributes[attribute.errorType.key] === undefined)
    .map(([, value]) => value as { count: number; sum: number });
  const failed = Object.fromEntries(
    values
      .all(metric.inferenceErrors)
      .map(([attributes, count]) => [attributes[attribute.errorType.key], count])
      .filter(([, count]) => count !== 0),
  ) as Record<string, number>;
  return {
    succeeded: { count: succeeded.count, seconds: succeeded.sum },
    failed,
    active: values.value(metric.inferenceActiveRequests) ?? NaN,
  };
}
