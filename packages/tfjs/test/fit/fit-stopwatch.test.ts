import { setTimeout as sleep } from 'node:timers/promises';
import { attributes, trainingMetrics as metric } from '@modelmeter/core';
import type { Sequential, Tensor } from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { fitMetrics } from '../../src/fit/fit-metrics.ts';
import { describeEachBackend, type TensorFlow } from '../backends.ts';
import { blockFor } from '../block-for.ts';
import { type CollectedValues, testRegistry } from '@modelmeter/test-kit/collected-values';
import { BATCH_SIZE, SAMPLES, smallData, smallDataset, smallModel } from '../small-model.ts';
import { Stopwatch } from '../stopwatch.ts';

const TOLERANCE = 0.02;
const EPOCHS = 2;
// Few and long, so that what lies between two looks at a clock hardly counts, even where others use the cores.
const STEP_MILLISECONDS = 200;
const VALIDATION_MILLISECONDS = 400;
const CALLBACK_MILLISECONDS = 250;
const DATA_MILLISECONDS = 80;
const LARGE_BATCH = 16;

/** A model that takes its time, with a stopwatch of its own on each of the functions in which tfjs trains and validates. */
async function slowModel(tf: TensorFlow) {
  let isWarm = false;
  const loss = (yTrue: Tensor, yPred: Tensor) => {
    if (isWarm) blockFor(tf.engine().state.gradientDepth > 0 ? STEP_MILLISECONDS : VALIDATION_MILLISECONDS);
    return tf.metrics.meanSquaredError(yTrue, yPred);
  };
  const model = smallModel(tf, { loss });
  const { xs, ys } = smallData(tf);
  await model.fit(xs, ys, { epochs: 2, batchSize: BATCH_SIZE, validationSplit: 0.2, verbose: 0 });
  isWarm = true;
  return { model, xs, ys, ...watches(model) };
}

/** For each fit tfjs makes a function that trains and one that validates. */
function watches(sequential: Sequential) {
  const [training, validation] = [new Stopwatch(), new Stopwatch()];
  const { model } = sequential as unknown as { model: InnerModel };
  const makeTrainFunction = model.makeTrainFunction.bind(model);
  model.makeTrainFunction = () => {
    const train = makeTrainFunction();
    return (data) => training.time(() => train(data));
  };
  const makeTestFunction = model.makeTestFunction.bind(model);
  model.makeTestFunction = () => {
    makeTestFunction();
    const { testFunction } = model;
    model.testFunction = (data) => validation.time(() => testFunction(data));
  };
  return { training, validation };
}

interface InnerModel {
  makeTrainFunction(): (data: unknown) => unknown;
  makeTestFunction(): void;
  testFunction: (data: unknown) => unknown;
}

const time = (values: CollectedValues, activity: string) =>
  values.value(metric.trainingTime, { [attributes.trainingActivity.key]: activity }) ?? 0;

function expectAgreement(toldSeconds: number, { seconds }: Stopwatch, what: string): void {
  expect(Math.abs(toldSeconds / seconds - 1), `${what}: told ${toldSeconds} s, measured ${seconds} s`).toBeLessThan(TOLERANCE);
}

describeEachBackend((tf) => {
  test('in fit, steps, validation and callbacks take as long as outer stopwatches say, and all adds up', { retry: 2 }, async () => {
    const { model, xs, ys, training, validation } = await slowModel(tf);
    const { registry, collect } = testRegistry();
    const [callback, whole] = [new Stopwatch(), new Stopwatch()];
    const onBatchEnd = () => callback.timeAsync(() => sleep(CALLBACK_MILLISECONDS));
    const callbacks = [fitMetrics(tf, { registry }), new tf.CustomCallback({ onBatchEnd }, 'never')];
    await whole.timeAsync(() => model.fit(xs, ys, { epochs: EPOCHS, batchSize: LARGE_BATCH, validationSplit: 0.2, verbose: 0, callbacks }));
    const values = await collect();
    expectAgreement(time(values, 'compile') + time(values, 'compute'), training, 'steps');
    expectAgreement(time(values, 'validation'), validation, 'validation');
    expectAgreement(time(values, 'callback'), callback, 'callbacks');
    expectAgreement(sumOfActivities(values), whole, 'all activities');
    expectAgreement(values.value(metric.trainingRunDuration) ?? 0, whole, 'run');
  });

  test('in fitDataset, the wait for data and validation take as long as outer stopwatches say, and all adds up', { retry: 2 }, async () => {
    const { model, xs, ys, training, validation } = await slowModel(tf);
    const { registry, collect } = testRegistry();
    const [data, whole] = [new Stopwatch(), new Stopwatch()];
    const dataset = smallDataset(tf, () => data.timeAsync(() => sleep(DATA_MILLISECONDS)));
    const callbacks = fitMetrics(tf, { registry });
    const validationData: [Tensor, Tensor] = [xs, ys];
    const fit = { epochs: EPOCHS, validationData, validationBatchSize: SAMPLES, verbose: 0, callbacks } as const;
    await whole.timeAsync(() => model.fitDataset(dataset, fit));
    const values = await collect();
    expectAgreement(time(values, 'compile') + time(values, 'compute'), training, 'steps');
    expectAgreement(time(values, 'validation'), validation, 'validation');
    expectAgreement(time(values, 'data_wait'), data, 'data wait');
    expectAgreement(sumOfActivities(values), whole, 'all activities');
  });
});

function sumOfActivities(values: CollectedValues): number {
  return values.all(metric.trainingTime).reduce((sum, [, seconds]) => sum + (seconds as number), 0);
}
