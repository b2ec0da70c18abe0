import type { MetricDefinition } from './definition.ts';
import * as ownHealth from './own-health.ts';
import * as tfjsMemory from './tfjs-memory.ts';
import * as training from './training.ts';

/** What the documentation adds to a description; programs do without. */
export const metricNotes: ReadonlyMap<MetricDefinition, string> = new Map<MetricDefinition, string>([
  [training.trainingLoss, 'The last finite value.'],
  [training.trainingBatchLoss, 'At most once a second by default.'],
  [training.trainingMetric, 'Any compiled one that is neither the loss nor the first accuracy.'],
  [training.trainingEpoch, 'Counted from the first epoch of the model, not of the run.'],
  [training.trainingLearningRate, 'As the optimizer applies it.'],
  [training.trainingProgress, 'Absent when the plan is unknown.'],
  [training.trainingRunEndTime, 'Absent while it lives.'],
  [training.trainingRunInfo, 'Always 1; with its result once it has ended.'],
  [training.trainingStepDuration, 'Without validation, and without the first step of a run.'],
  [training.trainingEpochDuration, 'Validation included.'],
  [training.trainingTime, 'Wall time; the activities add up to the whole. Absent where the device is not waited for.'],
  [ownHealth.dropped, 'Measurements that were kept out, and series or attribute values that were folded together.'],
  [ownHealth.seriesCount, 'A series is one attribute set.'],
  [ownHealth.collectorUp, 'As of when it was last asked.'],
  [tfjsMemory.tfjsMemoryTensors, 'Without those that the History of a running fit holds.'],
  [tfjsMemory.tfjsMemoryGpuUsage, 'Absent on back ends that do not tell.'],
]);
