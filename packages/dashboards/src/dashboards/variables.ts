import { attributes as attribute, inferenceMetrics, seriesCount, trainingMetrics } from '@modelmeter/core';
import { attributeVariable, type LabelVariable, targetVariable } from '../grafana/variables.ts';
import { countOf, counter, gauge } from '../promql/select.ts';
import { total } from '../promql/over-time.ts';

/** What is scraped: every process that measures anything says how many series it has. */
export const targetVariables: readonly LabelVariable[] = [
  targetVariable('job', 'Job', gauge(seriesCount)),
  targetVariable('instance', 'Instance', gauge(seriesCount)),
];

export const trainingVariables: readonly LabelVariable[] = [
  ...targetVariables,
  attributeVariable('model', 'Model', attribute.modelName, total(counter(trainingMetrics.trainingRuns))),
  attributeVariable('run', 'Run', attribute.runId, gauge(trainingMetrics.trainingRunInfo)),
];

export const inferenceVariables: readonly LabelVariable[] = [
  ...targetVariables,
  attributeVariable('model', 'Model', attribute.modelName, total(countOf(inferenceMetrics.inferenceDuration))),
  attributeVariable('version', 'Version', attribute.modelVersion, total(countOf(inferenceMetrics.inferenceDuration))),
];
