import { attributes, type MetricDefinition, trainingMetrics } from '@modelmeter/core';

const RUN_ID = attributes.runId.key;
const VALUES: Readonly<Record<string, readonly string[]>> = {
  [attributes.modelName.key]: ['digits'],
  [attributes.datasetSplit.key]: ['train', 'validation'],
  [attributes.metricName.key]: ['precision', 'recall'],
};

export interface RunMetric {
  readonly definition: MetricDefinition;
  /** Of a series, without the run's id. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** The series that one training run brings with it: every metric of training that carries the run's id, with all its attributes. */
export const runMetrics: readonly RunMetric[] = trainingMetrics.trainingDefinitions
  .filter((definition: MetricDefinition) => definition.optionalAttributes?.some(({ key }) => key === RUN_ID))
  .flatMap((definition: MetricDefinition) => attributeSets(definition).map((set) => ({ definition, attributes: set })));

export function withRunId(set: Readonly<Record<string, string>>, run: number): Readonly<Record<string, string>> {
  return { ...set, [RUN_ID]: `run-${run}` };
}

/** Every combination of the values of the attributes that a definition needs. */
function attributeSets(definition: MetricDefinition): readonly Readonly<Record<string, string>>[] {
  let sets: readonly Readonly<Record<string, string>>[] = [{}];
  for (const { key } of definition.attributes) {
    sets = sets.flatMap((set) => (VALUES[key] ?? []).map((value) => ({ ...set, [key]: value })));
  }
  return sets;
}
