import { attributes, dropped, trainingMetrics as metric } from '@modelmeter/core';
import { diag } from '@opentelemetry/api';
import { afterEach, beforeAll, beforeEach, describe, expect, type MockInstance, test, vi } from 'vitest';
import { fitMetrics } from '../../src/fit/fit-metrics.ts';
import { Improvement, improvement } from '../../src/probes/improvement.ts';
import { type TensorFlow, useBackend } from '../backends.ts';
import { testRegistry } from '@modelmeter/test-kit/collected-values';
import { BATCH_SIZE, smallData, smallModel } from '../small-model.ts';

const modes = ['auto', 'min', 'max'] as const;
const rules = ['loss', 'val_loss', 'val_acc', 'acc'].flatMap((name) => {
  return modes.flatMap((mode) => [0, 0.01, 0.1].map((minDelta) => ({ name, mode, minDelta })));
});

describe('epochs without improvement', () => {
  let tf: TensorFlow;
  let warn: MockInstance<typeof diag.warn>;
  beforeAll(async () => {
    tf = await useBackend('cpu');
  });
  beforeEach(() => {
    warn = vi.spyOn(diag, 'warn');
  });
  afterEach(() => warn.mockRestore());

  test.each(rules)('are after each epoch as many as earlyStopping has waited: $name, $mode, minDelta $minDelta', async (rule) => {
    const { registry, collect } = testRegistry();
    const { xs, ys } = smallData(tf);
    const stopping = tf.callbacks.earlyStopping({ monitor: rule.name, mode: rule.mode, minDelta: rule.minDelta, patience: 99 });
    const seen: (number | undefined)[] = [];
    const waited: number[] = [];
    const looking = new tf.CustomCallback(
      {
        onEpochBegin: async (epoch) => {
          if (epoch === 0) return;
          seen.push((await collect()).value(metric.trainingEpochsWithoutImprovement));
          waited.push((stopping as unknown as { wait: number }).wait);
        },
      },
      'never',
    );
    const callbacks = [stopping, fitMetrics(tf, { registry, probes: [improvement(rule)] }), looking];
    // A rate at which losses go up and down.
    const model = smallModel(tf, { optimizer: tf.train.sgd(4) });
    await model.fit(xs, ys, { epochs: 9, batchSize: BATCH_SIZE, validationSplit: 0.2, verbose: 0, callbacks });
    expect(seen).toHaveLength(8);
    expect(seen).toEqual(waited);
  });

  test('go by the validation loss where there is validation, else by the loss', () => {
    expect(new Improvement({}, true).name).toBe('val_loss');
    expect(new Improvement({}, false).name).toBe('loss');
  });

  test('count what is not finite as none, as earlyStopping does with NaN', () => {
    const counted = new Improvement({ name: 'loss' }, false);
    const counts = [NaN, 3, NaN, -Infinity, 2].map((value) => {
      counted.add(value);
      return counted.epochsWithout;
    });
    expect(counts).toEqual([1, 0, 1, 2, 0]);
  });

  test.each([
    ['accuracy', ['accuracy', 'mse']],
    ['val_accuracy', ['accuracy', 'mse']],
    ['acc', ['acc']],
    ['accuracy', ['mse', 'binaryAccuracy']],
    ['val_mse', ['mse']],
    ['val_accuracy_1', ['acc', 'accuracy']],
  ])('go by %s, by its canonical name or tfjs’s own, where the metrics are %j', async (name, metrics) => {
    const { registry, collect } = testRegistry();
    const { xs, ys } = smallData(tf);
    const model = smallModel(tf);
    model.compile({ optimizer: tf.train.sgd(0), loss: 'categoricalCrossentropy', metrics });
    const callbacks = fitMetrics(tf, { registry, probes: [improvement({ name })] });
    await model.fit(xs, ys, { epochs: 3, batchSize: BATCH_SIZE, validationSplit: 0.2, verbose: 0, callbacks });
    expect((await collect()).value(metric.trainingEpochsWithoutImprovement)).toBe(2);
    expect(warn).not.toHaveBeenCalled();
  });

  test('warn once of a name that the first epoch does not log', async () => {
    const { registry, collect } = testRegistry();
    const { xs, ys } = smallData(tf);
    const callbacks = fitMetrics(tf, { registry, probes: [improvement({ name: 'val_f1' })] });
    for (let i = 0; i < 2; i++) await smallModel(tf).fit(xs, ys, { epochs: 2, verbose: 0, callbacks });
    expect(warn.mock.calls).toEqual([['modelmeter: the name of an improvement is "val_f1", none of loss, acc, mse']]);
    expect((await collect()).value(dropped, { [attributes.dropReason.key]: 'hook_error' })).toBe(0);
  });

  test('do not warn where there is nothing to go by yet, or nothing is to be gone by', async () => {
    const { registry } = testRegistry();
    const { xs, ys } = smallData(tf);
    const model = smallModel(tf);
    const stopping = new tf.CustomCallback({ onBatchEnd: async () => void (model.stopTraining = true) }, 'never');
    // Without a validation after all.
    const args = { epochs: 1, batchSize: BATCH_SIZE, validationSplit: 0.2, verbose: 0 } as const;
    for (const options of [{}, { name: 'val_accuracy' }]) {
      await model.fit(xs, ys, { ...args, callbacks: [stopping, fitMetrics(tf, { registry, probes: [improvement(options)] })] });
    }
    await model.fit(xs, ys, { ...args, callbacks: fitMetrics(tf, { registry }) });
    expect(warn).not.toHaveBeenCalled();
  });

  test('are absent where nobody asks for them, or what is monitored does not exist', async () => {
    const { registry, collect } = testRegistry();
    const { xs, ys } = smallData(tf);
    for (const probes of [[], [improvement({ name: 'val_loss' })]]) {
      await smallModel(tf).fit(xs, ys, { epochs: 1, verbose: 0, callbacks: fitMetrics(tf, { registry, probes }) });
    }
    expect((await collect()).all(metric.trainingEpochsWithoutImprovement)).toEqual([]);
  });
});
