import { inferenceMetrics, prometheusLabel, prometheusName, tfjsMemoryMetrics, trainingMetrics } from '@modelmeter/core';
import { errorType, modelName } from '@modelmeter/core/attributes';
import { ERROR_TYPES } from '@modelmeter/inference';
import { type Comparison, each, growing, one } from '../expected-values.ts';
import type { Facts } from '../program/facts.ts';

const by = ({ key }: { readonly key: string }) => prometheusLabel(key);

function requestsThatEndedAs(type: string): (facts: Facts) => number {
  return ({ requests }) => requests.filter(({ outcome }) => outcome === type).reduce((sum, { count }) => sum + count, 0);
}

function samplesTrainedOn(model: string): (facts: Facts) => number {
  return ({ runs }) => runs.filter((run) => run.model === model).reduce((sum, { samples }) => sum + samples, 0);
}

/** What dashboards show as curves alone, added up. */
export const TOTALS: readonly (readonly [expression: string, Comparison])[] = [
  [`sum(${prometheusName(tfjsMemoryMetrics.tfjsMemoryLeakedTensors)})`, one(growing(({ leakedTensors }) => leakedTensors))],
  [`sum(${prometheusName(inferenceMetrics.inferenceBatchSize)}_sum)`, one(growing(({ samples }) => samples))],
  [
    `sum by (${by(errorType)}) (${prometheusName(inferenceMetrics.inferenceErrors)})`,
    each([by(errorType)], (known) => Object.fromEntries(ERROR_TYPES.map((type) => [type, growing(requestsThatEndedAs(type))(known)]))),
  ],
  [
    `sum by (${by(modelName)}) (${prometheusName(trainingMetrics.trainingSamples)})`,
    each([by(modelName)], (known) =>
      Object.fromEntries(known.later.runs.map(({ model }) => [model, growing(samplesTrainedOn(model))(known)])),
    ),
  ],
];
