import { attributes, trainingMetrics as metric } from '@modelmeter/core';
import type { CustomCallbackArgs, LayersModel, Scalar, Tensor } from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { fitMetrics } from '../../src/fit/fit-metrics.ts';
import { describeEachBackend } from '../backends.ts';
import { type CollectedValues, testRegistry } from '@modelmeter/test-kit/collected-values';
import { datasetOf, multiOutput } from '../model-kinds.ts';
import { BATCH_SIZE } from '../small-model.ts';

/** Values of one split as they are told of the last run, by the name that tfjs has for each. */
function told(values: CollectedValues, split: string): Record<string, number> {
  const found: Record<string, number> = {};
  const names: Record<string, string> = { [metric.trainingLoss.name]: 'loss', [metric.trainingAccuracy.name]: 'acc' };
  for (const definition of [metric.trainingLoss, metric.trainingAccuracy, metric.trainingMetric]) {
    for (const [has, value] of values.all(definition)) {
      if (has[attributes.datasetSplit.key] !== split) continue;
      const name = (has[attributes.metricName.key] as string | undefined) ?? names[definition.name] ?? '';
      const output = has[attributes.outputName.key] as string | undefined;
      found[output === undefined ? name : `${output}_${name}`] = value as number;
    }
  }
  return found;
}

/** What the model's `evaluate` gives, under the names that it has for them: the total loss comes once for each output, the last time whole. */
function evaluated(model: LayersModel, outs: Scalar | Scalar[]): Record<string, number> {
  const { metricsNames } = model;
  const values = [outs].flat().map((scalar) => scalar.dataSync()[0] as number);
  return Object.fromEntries(metricsNames.map((name, i) => [name, values[i + model.outputs.length - 1] as number]));
}

function expectSame(actual: Record<string, number>, expected: Record<string, number>): void {
  expect(Object.keys(actual).sort()).toEqual(Object.keys(expected).sort());
  for (const [name, value] of Object.entries(expected)) expect(actual[name], name).toBeCloseTo(value, 5);
}

describeEachBackend((tf) => {
  describe.each([1, 2, 3])('a model with %i outputs', (outputs) => {
    describe.each([[[]], [['mse', 'MAE']]])('and the metrics %j', (metrics) => {
      test('has in fit the validation values that evaluate gives, and the training values of the History', async () => {
        const { registry, collect } = testRegistry();
        const { model, xs, ys } = multiOutput(tf, outputs, metrics);
        const fit = { epochs: 2, validationData: [xs, ys] as [Tensor, Tensor[]], batchSize: BATCH_SIZE, verbose: 0 } as const;
        const { history } = await model.fit(xs, ys, { ...fit, callbacks: fitMetrics(tf, { registry }) });
        const values = await collect();
        expectSame(told(values, 'validation'), evaluated(model, model.evaluate(xs, ys, { batchSize: BATCH_SIZE })));
        const last = Object.entries(history).map(([name, epochs]) => [name, epochs.at(-1) as number] as const);
        expectSame(told(values, 'train'), Object.fromEntries(last.filter(([name]) => !name.startsWith('val_'))));
      });

      test.each(['tensors', 'a dataset'])('has in fitDataset, with validation on %s, the values that evaluate gives', async (kind) => {
        const { registry, collect } = testRegistry();
        const { model, xs, ys } = multiOutput(tf, outputs, metrics);
        const validationData = kind === 'tensors' ? ([xs, ys] as [Tensor, Tensor[]]) : datasetOf({ xs, ys });
        const fit = { epochs: 2, validationData, validationBatchSize: BATCH_SIZE, verbose: 0 } as const;
        await model.fitDataset(datasetOf({ xs, ys }), { ...fit, callbacks: fitMetrics(tf, { registry }) });
        const expected = evaluated(model, await model.evaluateDataset(datasetOf({ xs, ys }), {}));
        expectSame(told(await collect(), 'validation'), expected);
      });
    });
  });

  test('an evaluation in a callback of the user’s is not taken for the validation', async () => {
    const { registry, collect } = testRegistry();
    const { model, xs, ys } = multiOutput(tf, 2);
    const other = tf.zerosLike(xs as Tensor);
    const evaluate = async () => tf.dispose(model.evaluate(other, ys));
    const evaluating = new tf.CustomCallback({ onBatchBegin: evaluate, onBatchEnd: evaluate, onEpochEnd: evaluate }, 'never');
    const validationData: [Tensor, Tensor[]] = [xs as Tensor, ys as Tensor[]];
    for (const callbacks of [
      [evaluating, fitMetrics(tf, { registry, model: 'last' })],
      [fitMetrics(tf, { registry, model: 'first' }), evaluating],
    ]) {
      await model.fit(xs, ys, { epochs: 1, validationData, batchSize: BATCH_SIZE, verbose: 0, callbacks });
      const expected = evaluated(model, model.evaluate(xs, ys, { batchSize: BATCH_SIZE }));
      expectSame(told(await collect(), 'validation'), expected);
      await model.fitDataset(datasetOf({ xs, ys }), { epochs: 1, validationData, validationBatchSize: BATCH_SIZE, verbose: 0, callbacks });
      expectSame(told(await collect(), 'validation'), evaluated(model, model.evaluate(xs, ys, { batchSize: BATCH_SIZE })));
    }
  });

  test('in an array that begins with a plain object, where the model is not known, validation values are absent rather than wrong', async () => {
    const { registry, collect } = testRegistry();
    const { model, xs, ys } = multiOutput(tf, 2);
    const callbacks = [{ onEpochEnd: async () => {} }, fitMetrics(tf, { registry })] as unknown as CustomCallbackArgs[];
    const validationData: [Tensor, Tensor[]] = [xs as Tensor, ys as Tensor[]];
    const { history } = await model.fit(xs, ys, { epochs: 1, validationData, batchSize: BATCH_SIZE, verbose: 0, callbacks });
    const values = await collect();
    expect(told(values, 'validation')).toEqual({});
    expect(told(values, 'train')['out_1_loss']).toBe(history['out_1_loss']?.at(-1));
  });
});
