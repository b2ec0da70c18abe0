import { attributes, trainingMetrics as metric } from '@modelmeter/core';
import { describe, expect, test } from 'vitest';
import { fitMetrics } from '../../src/fit/fit-metrics.ts';
import { callbacks } from '../../src/fit/mixed-callbacks.ts';
import { describeEachBackend, type TensorFlow } from '../backends.ts';
import { type CollectedValues, testRegistry } from '@modelmeter/test-kit/collected-values';
import { type Calls, countingCallback, countingObject } from '../counting-callback.ts';
import { BATCH_SIZE, smallData, smallModel, STEPS_PER_EPOCH } from '../small-model.ts';

const EPOCHS = 2;
const ALL_CALLS: Calls = { onTrainBegin: 1, onEpochBegin: 2, onBatchBegin: 8, onBatchEnd: 8, onEpochEnd: 2, onTrainEnd: 1 };

/** All that a fit may be given beside ours, each made anew. `calls` are those of the ones that count. */
function others(tf: TensorFlow) {
  const [own, custom, plain] = [countingCallback(tf), countingObject(), countingObject()];
  return {
    earlyStopping: tf.callbacks.earlyStopping({ monitor: 'loss', patience: 9 }),
    'class callback': own,
    CustomCallback: new tf.CustomCallback(custom, 'never'),
    'plain object': plain,
    calls: { 'class callback': own.calls, CustomCallback: custom.calls, 'plain object': plain.calls },
  };
}
type Other = keyof Omit<ReturnType<typeof others>, 'calls'>;

async function fit(tf: TensorFlow, given: unknown): Promise<Record<string, unknown[]>> {
  const { xs, ys } = smallData(tf);
  const args = { epochs: EPOCHS, batchSize: BATCH_SIZE, validationSplit: 0.2, shuffle: false, verbose: 0, callbacks: given as never };
  return (await smallModel(tf).fit(xs, ys, args)).history;
}

function expectMeasured(values: CollectedValues, history: Record<string, unknown[]>): void {
  expect(values.value(metric.trainingSteps)).toBe(EPOCHS * STEPS_PER_EPOCH);
  expect(values.count(metric.trainingStepDuration)).toBe(EPOCHS * STEPS_PER_EPOCH - 1);
  expect(values.value(metric.trainingEpoch)).toBe(EPOCHS);
  expect(values.value(metric.trainingLoss, { [attributes.datasetSplit.key]: 'train' })).toBe(history['loss']?.at(-1));
  expect(values.value(metric.trainingLoss, { [attributes.datasetSplit.key]: 'validation' })).toBe(history['val_loss']?.at(-1));
  expect(values.value(metric.trainingRuns, { [attributes.trainingResult.key]: 'success' })).toBe(1);
  expect(values.value(metric.trainingRunActive)).toBe(0);
}

const NAMES: readonly Other[] = ['earlyStopping', 'class callback', 'CustomCallback', 'plain object'];
const mixes: (Other | 'ours')[][] = [
  ['ours'],
  ...NAMES.flatMap((name): (Other | 'ours')[][] => [
    ['ours', name],
    [name, 'ours'],
  ]),
  ['plain object', 'earlyStopping', 'ours'],
  ['plain object', 'ours', 'class callback', 'CustomCallback', 'earlyStopping'],
  ['earlyStopping', 'CustomCallback', 'class callback', 'plain object', 'ours'],
];

describeEachBackend((tf) => {
  test.each(mixes.map((mix) => [mix.join(', '), mix] as const))(
    'callbacks(tf, […]) makes an array that works of %s',
    async (_name, mix) => {
      const { registry, collect } = testRegistry();
      const { calls, ...given } = others(tf);
      const history = await fit(
        tf,
        callbacks(
          tf,
          mix.map((name) => (name === 'ours' ? fitMetrics(tf, { registry }) : given[name])),
        ),
      );
      expect(history).toEqual(await fit(tf, undefined));
      expectMeasured(await collect(), history);
      for (const counted of mix.filter((name) => name in calls)) expect(calls[counted as keyof typeof calls]).toEqual(ALL_CALLS);
    },
  );

  const classes = NAMES.filter((name) => name !== 'plain object');
  test.each(classes.flatMap((name) => [[['ours', name]], [[name, 'ours']]] as const))('%j needs no help', async (mix) => {
    const { registry, collect } = testRegistry();
    const { calls, ...given } = others(tf);
    const history = await fit(
      tf,
      mix.map((name) => (name === 'ours' ? fitMetrics(tf, { registry }) : given[name as Other])),
    );
    expectMeasured(await collect(), history);
    for (const counted of mix.filter((name) => name in calls)) expect(calls[counted as keyof typeof calls]).toEqual(ALL_CALLS);
  });

  test('entries that are undefined or null are left out', async () => {
    const { registry, collect } = testRegistry();
    const history = await fit(tf, callbacks(tf, [undefined, fitMetrics(tf, { registry }), null, undefined]));
    expectMeasured(await collect(), history);
  });

  test('an empty array is a fit without callbacks', async () => {
    expect(await fit(tf, callbacks(tf, []))).toEqual(await fit(tf, undefined));
  });

  describe('an entry that is no callback is refused at once', () => {
    test.each([['a string'], [7], [true], [async () => {}]])('%s', (bad) => {
      expect(() => callbacks(tf, [undefined, bad])).toThrow(`callbacks[1] is of type ${typeof bad}, not a callback`);
    });
  });

  test('plain objects have tfjs yield as it is told to', async () => {
    const yields: number[] = [];
    const plain = { onYield: async (_epoch: number, batch: number) => void yields.push(batch) };
    await fit(tf, callbacks(tf, [plain], 0.001));
    expect(yields.length).toBeGreaterThan(0);
    expect(() => callbacks(tf, [plain], 'never')).toThrow('yieldEvery is `never` but you provided an `onYield` callback');
  });
});
