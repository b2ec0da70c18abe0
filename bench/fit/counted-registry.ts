import { type Producer, Registry, trainingMetrics } from '@modelmeter/core';

const STEPS = trainingMetrics.trainingSteps.name;

export interface CountedRegistry {
  readonly registry: Registry;
  /** Has the reader collect. @returns how many steps it gives, over all models. */
  readonly steps: () => Promise<number>;
}

/**
 * A registry of its own with a reader.
 * @param options.isReadLate whether the reader is opened only when it is asked for the first time. @default false
 */
export function countedRegistry({ isReadLate = false } = {}): CountedRegistry {
  const registry = new Registry();
  let producer: Producer | undefined = isReadLate ? undefined : registry.producer();
  return {
    registry,
    steps: async () => {
      const { resourceMetrics } = await (producer ??= registry.producer()).collect();
      const metrics = resourceMetrics.scopeMetrics.flatMap((scope) => scope.metrics);
      const steps = metrics.filter(({ descriptor }) => descriptor.name === STEPS).flatMap(({ dataPoints }) => dataPoints);
      return steps.reduce((sum, { value }) => sum + (typeof value === 'number' ? value : 0), 0);
    },
  };
}
