// Compiled by each supported TypeScript, which checks the declarations of the packages as well.
import { type AttributesOf, type BoundCounter, Registry, trainingMetrics } from '@modelmeter/core';
import { withMetrics } from '@modelmeter/inference';
import { inferenceHandler } from '@modelmeter/inference/node-http';
import { type Metrics, startMetrics } from '@modelmeter/sdk';
import { fitMetrics } from '@modelmeter/tfjs';

const registry = new Registry({ maxSeriesPerMetric: 100 });
const attributes: AttributesOf<typeof trainingMetrics.trainingRuns> = { 'ml.model.name': 'digits', 'ml.training.result': 'success' };
export const runs: BoundCounter = registry.bind(trainingMetrics.trainingRuns, attributes);

export const metrics: Promise<Metrics> = startMetrics({ serviceName: 'digits', registry });

// @ts-expect-error no TensorFlow.js
fitMetrics({});
// @ts-expect-error a missing attribute
registry.bind(trainingMetrics.trainingSteps, {});
// @ts-expect-error a value that is not allowed
registry.bind(trainingMetrics.trainingRuns, { 'ml.model.name': 'digits', 'ml.training.result': 'fine' });

export const classify: (image: Float32Array) => Promise<number> = withMetrics(async (_image: Float32Array) => 7, {
  model: 'digits',
  registry,
});
export const handler: (request: never, response: never) => void = inferenceHandler(() => {}, { model: 'digits', registry });
// @ts-expect-error a model without a name
withMetrics(async () => 7, {});
