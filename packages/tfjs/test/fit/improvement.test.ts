import { trainingMetrics as metric } from '@modelmeter/core';
import { beforeAll, describe, expect, test } from 'vitest';
import { fitMetrics } from '../../src/fit/fit-metrics.ts';
import { Improvement } from '../../src/fit/improvement.ts';
import { type TensorFlow, useBackend } from '../backends.ts';
import { testRegistry } from '@modelmeter/test-kit/collected-values';
import { BATCH_SIZE, smallData, smallModel } from '../small-model.ts';

const modes = ['auto', 'min', 'max'] as const;
const rules = ['loss', 'val_loss', 'val_acc', 'acc'].flatMap((name) => {
  return modes.flatMap((mode) => [0, 0.01, 0.1].map((minDelta) => ({ name, mode, minDelta })));
});

describe('epochs without improvement', () => {
  let tf: TensorFlow;
  beforeAll(async () => {
    tf = await useBackend('cpu');
  });

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
    const callbacks = [stopping, fitMetrics(tf, { registry, monitor: rule }), looking];
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
    const improvement = new Improvement({ name: 'loss' }, false);
    const counts = [NaN, 3, NaN, -Infinity, 2].map((value) => {
      improvement.add(value);
      return improvement.epochsWithout;
    });
    expect(counts).toEqual([1, 0, 1, 2, 0]);
  });

  test('are absent where that is asked for, or what is monitored does not exist', async () => {
    const { registry, collect } = testRegistry();
    const { xs, ys } = smallData(tf);
    for (const monitor of [false, { name: 'val_loss' }] as const) {
      await smallModel(tf).fit(xs, ys, { epochs: 1, verbose: 0, callbacks: fitMetrics(tf, { registry, monitor }) });
    }
    expect((await collect()).all(metric.trainingEpochsWithoutImprovement)).toEqual([]);
  });
});
