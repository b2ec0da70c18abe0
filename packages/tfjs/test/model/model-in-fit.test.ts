import { trainingMetrics } from '@modelmeter/core';
import { testRegistry } from '@modelmeter/test-kit/collected-values';
import type { Tensor } from '@tensorflow/tfjs';
import { afterEach, expect, test } from 'vitest';
import { fitMetrics } from '../../src/fit/fit-metrics.ts';
import { registerTfjs } from '../../src/fit/register-tfjs.ts';
import { instrumentModel, restoreModel } from '../../src/model/instrument-model.ts';
import { describeEachBackend } from '../backends.ts';
import { datasetOf, type ModelKind, modelKinds } from '../model-kinds.ts';
import { ownProperties } from '../own-properties.ts';
import { BATCH_SIZE, SAMPLES } from '../small-model.ts';
import { countedCalls } from './counted-calls.ts';

const EPOCHS = 2;
let undo: (() => void) | undefined;
afterEach(() => undo?.());

describeEachBackend((tf) => {
  const kinds: ModelKind[] = ['sequential', 'functional'];

  test.each(kinds)('what the fits of a %s model do is not counted as calls', async (kind) => {
    const { registry, collect } = testRegistry();
    const { model, xs, ys } = modelKinds[kind](tf);
    const validationData = [xs, ys] as [Tensor, Tensor];
    const before = ownProperties(model);
    instrumentModel(tf, model, { registry });
    const args = { epochs: EPOCHS, verbose: 0, callbacks: fitMetrics(tf, { registry }) };
    await model.fit(xs, ys, { ...args, batchSize: BATCH_SIZE, validationSplit: 0.2 });
    await model.fit(xs, ys, { ...args, batchSize: BATCH_SIZE, validationData });
    await model.fitDataset(datasetOf({ xs, ys }), { ...args, validationData });
    await model.fitDataset(datasetOf({ xs, ys }), { ...args, validationData: datasetOf({ xs, ys }) });
    const values = await collect();
    expect(countedCalls(values)).toEqual({});
    expect(values.value(trainingMetrics.trainingSteps)).toBe(EPOCHS * ((0.8 * SAMPLES) / BATCH_SIZE + (3 * SAMPLES) / BATCH_SIZE));
    // A fit has left its History.
    restoreModel(model);
    expect(Object.keys(ownProperties(model)['model'] as object)).toEqual(
      expect.not.arrayContaining(['predict', 'evaluate', 'fitDataset', 'predictOnBatch']),
    );
    expect(ownProperties(model)['class']).toEqual(before['class']);
  });

  test.each(kinds)('calls of a %s model that the user makes during a fit are', async (kind) => {
    const { registry, collect } = testRegistry();
    const { model, xs, ys } = modelKinds[kind](tf);
    const validationData = [xs, ys] as [Tensor, Tensor];
    instrumentModel(tf, model, { registry });
    undo = registerTfjs(tf, { registry });
    const onEpochEnd = async () => {
      model.predict(xs);
      model.evaluate(xs, ys);
      model.evaluate(xs, ys, { batchSize: BATCH_SIZE });
    };
    await model.fitDataset(datasetOf({ xs, ys }), { epochs: EPOCHS, verbose: 0, validationData, callbacks: { onEpochEnd } });
    model.evaluate(xs, ys, { batchSize: 32, verbose: 0 });
    const values = await collect();
    expect(countedCalls(values)).toEqual({ 'predict complete': EPOCHS, 'evaluate complete': 2 * EPOCHS + 1 });
    expect(values.value(trainingMetrics.trainingRunActive)).toBe(0);
  });
});
