import { attributes, trainingMetrics as metric, tfjsMemoryMetrics } from '@modelmeter/core';
import { describe, expect, test } from 'vitest';
import { trainingRun } from '../../src/run/custom-run.ts';
import { describeEachBackend } from '../backends.ts';
import { type CollectedValues, testRegistry } from '@modelmeter/test-kit/collected-values';
import { BATCH_SIZE, smallData, smallModel } from '../small-model.ts';

const split = attributes.datasetSplit.key;
const result = attributes.trainingResult.key;
const metricName = attributes.metricName.key;

const results = (values: CollectedValues) =>
  values.all(metric.trainingRuns).flatMap(([has, count]) => (count === 0 ? [] : [`${count as number} ${has[result] as string}`]));

describeEachBackend((tf, backend) => {
  test('a loop of optimizer.minimize has steps, samples, losses, progress and a result', async () => {
    const { registry, collect } = testRegistry();
    const weight = tf.variable(tf.scalar(4));
    const optimizer = tf.train.sgd(0.1);
    const run = trainingRun({ model: 'line', tf, registry, plannedSteps: 6, batchSize: 3, optimizer: 'SGD', runId: 'r1' });
    run.learningRate(0.1);
    let loss = NaN;
    await run.track(() => {
      for (let epoch = 0; epoch < 2; epoch++) {
        for (let i = 0; i < 3; i++) {
          const cost = run.step(3, () => optimizer.minimize(() => weight.square(), true));
          loss = cost?.dataSync()[0] ?? NaN;
          tf.dispose(cost ?? []);
          run.batchLoss(loss);
        }
        run.endEpoch({ loss });
      }
    });
    const values = await collect();
    expect(values.value(metric.trainingSteps)).toBe(6);
    expect(values.value(metric.trainingSamples)).toBe(18);
    expect(values.count(metric.trainingStepDuration, { [attributes.timing.key]: 'complete' })).toBe(5);
    expect(values.value(metric.trainingEpoch)).toBe(2);
    expect(values.count(metric.trainingEpochDuration)).toBe(2);
    expect(values.value(metric.trainingProgress)).toBe(1);
    expect(values.value(metric.trainingLearningRate)).toBe(0.1);
    expect(values.value(metric.trainingLoss, { [split]: 'train' })).toBe(loss);
    expect(values.value(metric.trainingBatchLoss)).toBe(loss);
    expect(results(values)).toEqual(['1 success']);
    const madeOf = {
      [attributes.optimizerName.key]: 'SGD',
      [attributes.batchSize.key]: 3,
      [attributes.tfjsBackend.key]: backend,
      [attributes.runId.key]: 'r1',
      [result]: 'success',
    };
    expect(values.value(metric.trainingRunInfo, madeOf)).toBe(1);
    expect(values.value(tfjsMemoryMetrics.tfjsMemoryTensors)).toBe(tf.memory().numTensors);
    tf.dispose([weight]);
  });

  test('a loop of trainOnBatch is measured, and a step returns what its work returns', async () => {
    const { registry, collect } = testRegistry();
    const model = smallModel(tf);
    const { xs, ys } = smallData(tf);
    const run = trainingRun({ model: 'digits', tf, registry });
    const returned = await run.track(async () => {
      const [loss, accuracy] = (await run.step(BATCH_SIZE, () => model.trainOnBatch(xs, ys))) as number[];
      run.endEpoch({ loss: loss as number, acc: accuracy as number, val_loss: 0.5, val_accuracy: 0.75, mse: 0.25 });
      return loss;
    });
    const values = await collect();
    expect(values.value(metric.trainingSteps)).toBe(1);
    expect(values.value(metric.trainingLoss, { [split]: 'train' })).toBe(returned);
    expect(values.value(metric.trainingLoss, { [split]: 'validation' })).toBe(0.5);
    expect(values.value(metric.trainingAccuracy, { [split]: 'train' })).toBeTypeOf('number');
    expect(values.value(metric.trainingAccuracy, { [split]: 'validation' })).toBe(0.75);
    expect(values.value(metric.trainingMetric, { [split]: 'train', [metricName]: 'mse' })).toBe(0.25);
    expect(values.value(metric.trainingProgress)).toBeUndefined();
  });
});

describe('a run of a loop of one’s own', () => {
  test('ends as non_finite where the last loss was not finite, and never shows that', async () => {
    const { registry, collect } = testRegistry();
    const run = trainingRun({ model: 'm', registry });
    run.endEpoch({ loss: 2, val_loss: 3 });
    run.endEpoch({ loss: NaN, val_loss: -Infinity });
    run.end();
    const values = await collect();
    expect(values.value(metric.trainingLoss, { [split]: 'train' })).toBe(2);
    expect(values.value(metric.trainingLoss, { [split]: 'validation' })).toBe(3);
    expect(values.value(metric.trainingNonFinite, { [split]: 'train' })).toBe(1);
    expect(values.value(metric.trainingNonFinite, { [split]: 'validation' })).toBe(1);
    expect(results(values)).toEqual(['1 non_finite']);
  });

  test.each(['success', 'early_stopped', 'non_finite', 'cancelled', 'failure'] as const)(
    'ends as %s where it is told so',
    async (ending) => {
      const { registry, collect } = testRegistry();
      trainingRun({ model: 'm', registry }).end(ending);
      expect(results(await collect())).toEqual([`1 ${ending}`]);
    },
  );

  test('ends once, and after that nothing is recorded', async () => {
    const { registry, collect } = testRegistry();
    const run = trainingRun({ model: 'm', registry, plannedSteps: 2 });
    run.end();
    const before = await collect();
    run.end('failure');
    run.fail(new Error('late'));
    run.step(3, () => {});
    run.phase('validation', () => {});
    run.batchLoss(1);
    run.learningRate(1);
    run.endEpoch({ loss: 1 });
    await run.track(() => {});
    const after = await collect();
    for (const definition of metric.trainingDefinitions) expect(after.all(definition), definition.name).toEqual(before.all(definition));
    expect(results(after)).toEqual(['1 success']);
    expect(after.value(metric.trainingRunActive)).toBe(0);
  });

  test('that is tracked rejects with exactly its error, and says of what class that was', async () => {
    const { registry, collect } = testRegistry();
    const error = new RangeError('out');
    const run = trainingRun({ model: 'm', registry });
    await expect(run.track(() => Promise.reject(error))).rejects.toBe(error);
    const aborted = new DOMException('stop', 'AbortError');
    const throwing = () => {
      throw aborted;
    };
    await expect(trainingRun({ model: 'm', registry }).track(throwing)).rejects.toBe(aborted);
    const values = await collect();
    expect(results(values).sort()).toEqual(['1 cancelled', '1 failure']);
    expect(values.count(metric.trainingRunDuration, { [attributes.errorType.key]: 'RangeError' })).toBe(1);
    expect(values.value(metric.trainingRunActive)).toBe(0);
  });

  test.each([
    [{ model: '' }, 'model is ""'],
    [{}, 'model is undefined'],
    [{ model: 'm', runId: 7 }, 'runId is 7'],
    [{ model: 'm', plannedSteps: 0 }, 'plannedSteps is 0'],
    [{ model: 'm', timing: 'soon' }, 'timing is "soon"'],
  ])('is refused with %j, by name and value', (options, message) => {
    expect(() => trainingRun(options as never)).toThrow(message);
  });
});
