import { tfjsMemoryMetrics as memory, trainingMetrics as metric } from '@modelmeter/core';
import { sum } from '../promql/aggregate.ts';
import { mean } from '../promql/mean.ts';
import { occurrences } from '../promql/occurrences.ts';
import { above, absolute, and, atLeast, below, divide, multiply, share, subtract, unless } from '../promql/operators.ts';
import { increase, overTime, rate } from '../promql/over-time.ts';
import { counter, countOf, gauge } from '../promql/select.ts';
import { ifAny, message, value } from './message.ts';
import { alert, type RuleGroup } from './rule.ts';
import { ended, stalledTraining } from './stalled-training.ts';
import type { Thresholds } from './thresholds.ts';

const ofModel = ['job', 'instance', 'ml.model.name'] as const;
const ofRun = [...ofModel, 'ml.run.id'] as const;

export function trainingRules(thresholds: Thresholds): RuleGroup {
  return {
    name: 'modelmeter-training',
    alerts: [
      alert({
        name: 'MLTrainingStalled',
        severity: 'warning',
        expression: stalledTraining(thresholds),
        for: '1m',
        summary: 'A training run does not get on.',
        description: message`${'ml.model.name'}${ifAny(', run ', 'ml.run.id')}, on ${'instance'} (${'job'}) has finished no step for ${value.duration}, far longer than its steps take.`,
        dashboard: 'training',
        panel: 'Since the last step',
      }),
      alert({
        name: 'MLTrainingNonFinite',
        severity: 'warning',
        expression: above(sum(occurrences(counter(metric.trainingNonFinite), '5m'), ofModel), 0),
        for: '0m',
        summary: 'A training run has losses or metrics that are NaN or infinite.',
        description: message`Losses, metrics or weights of ${'ml.model.name'} on ${'instance'} (${'job'}) that were NaN or infinite within five minutes: ${value.whole}.`,
        dashboard: 'training',
        panel: 'Non-finite values',
      }),
      alert({
        name: 'MLTrainingRunFailed',
        severity: 'warning',
        expression: above(sum(occurrences(counter(metric.trainingRuns, { 'ml.training.result': 'failure' }), '5m'), ofModel), 0),
        for: '0m',
        summary: 'A training run failed.',
        description: message`Runs of ${'ml.model.name'} on ${'instance'} (${'job'}) that an error ended within five minutes: ${value.whole}.`,
        dashboard: 'training',
        panel: 'Runs that failed',
      }),
      plateau(thresholds),
      diverging(thresholds),
      dataBound(thresholds),
      stepSlow(thresholds),
      tensorLeak(thresholds),
    ],
  };
}

function plateau({ plateauEpochs }: Thresholds) {
  return alert({
    name: 'MLTrainingPlateau',
    severity: 'info',
    expression: unless(atLeast(gauge(metric.trainingEpochsWithoutImprovement), plateauEpochs), ended()),
    for: '0m',
    summary: 'A training run no longer gets better.',
    description: message`${'ml.model.name'}${ifAny(', run ', 'ml.run.id')}, on ${'instance'} (${'job'}) has not improved for ${value.whole} epochs.`,
    dashboard: 'training',
    panel: 'Epochs without improvement',
  });
}

/** Runs without an id share their series: the least loss would be that of another run. Outputs are left to the total. */
function diverging({ divergingRatio }: Thresholds) {
  const loss = (split: 'train' | 'validation') =>
    gauge(metric.trainingLoss, { 'ml.dataset.split': split, 'ml.output.name': '', 'ml.run.id': { matches: '.+' } });
  const validation = loss('validation');
  const least = overTime('min', validation, '1d');
  const rise = divide(subtract(validation, least), absolute(least));
  const isLearning = below(loss('train'), overTime('avg', loss('train'), '1d'));
  return alert({
    name: 'MLTrainingDiverging',
    severity: 'warning',
    expression: unless(and(above(rise, divergingRatio), isLearning, { on: ofRun }), ended(), { on: ofRun }),
    for: '10m',
    summary: 'The validation loss of a run rises while its training loss falls.',
    description: message`The validation loss of ${'ml.model.name'}, run ${'ml.run.id'}, on ${'instance'} (${'job'}) is ${value.percent} above the least that it was, while the training loss is below its mean: the model learns the training data by heart.`,
    dashboard: 'training',
    panel: 'Loss',
  });
}

function dataBound({ dataWaitRatio }: Thresholds) {
  const waiting = counter(metric.trainingTime, { 'ml.training.activity': 'data_wait' });
  return alert({
    name: 'MLTrainingDataBound',
    severity: 'warning',
    expression: above(share(sum(rate(waiting, '5m'), ofModel), sum(rate(counter(metric.trainingTime), '5m'), ofModel)), dataWaitRatio),
    for: '15m',
    summary: 'Training waits for its data.',
    description: message`${'ml.model.name'} on ${'instance'} (${'job'}) spends ${value.percent} of its time waiting for the next batch.`,
    dashboard: 'training',
    panel: 'Waiting for data',
  });
}

/** By means, which are exact: a quantile lies anywhere within its bucket, and may be twice the mean of steps that all take the same. */
function stepSlow({ slowStepFactor, slowStepCount }: Thresholds) {
  const labels = [...ofModel, 'ml.timing'] as const;
  const of = (over: string) => mean(metric.trainingStepDuration, labels, undefined, over);
  const steps = (over: string) => sum(increase(countOf(metric.trainingStepDuration), over), labels);
  const isSlow = above(of('15m'), multiply(of('1d'), slowStepFactor));
  return alert({
    name: 'MLTrainingStepSlow',
    severity: 'warning',
    expression: and(and(isSlow, atLeast(steps('15m'), slowStepCount)), atLeast(steps('1d'), 10 * slowStepCount)),
    for: '5m',
    summary: 'Training steps take much longer than they did.',
    description: message`A step of ${'ml.model.name'} on ${'instance'} (${'job'}, timing ${'ml.timing'}) takes ${value.duration} on average, more than ${slowStepFactor} times the mean of the last day.`,
    dashboard: 'training',
    panel: 'Step time',
  });
}

function tensorLeak({ leakGrowthRatio, leakWindowMinutes }: Thresholds) {
  const least = (windowsAgo = 0) =>
    overTime(
      'min',
      gauge(memory.tfjsMemoryTensors),
      `${leakWindowMinutes}m`,
      windowsAgo ? `${windowsAgo * leakWindowMinutes}m` : undefined,
    );
  const isRising = and(above(least(), least(1)), above(least(1), least(2)));
  return alert({
    name: 'MLTensorLeak',
    severity: 'warning',
    expression: and(isRising, above(least(), multiply(least(2), 1 + leakGrowthRatio))),
    for: '5m',
    summary: 'The number of tensors grows and grows.',
    description: message`${'instance'} (${'job'}) holds ${value.whole} tensors on the back end ${'tfjs.backend'}, more from window to window: some are never disposed of.`,
    dashboard: 'training',
    panel: 'Tensors',
  });
}
