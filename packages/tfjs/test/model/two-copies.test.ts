import { tfjsMemoryMetrics } from '@modelmeter/core';
import { testRegistry } from '@modelmeter/test-kit/collected-values';
import type { Tensor } from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { instrumentModel, restoreModel } from '../../src/model/instrument-model.ts';
import { useBackend } from '../backends.ts';
import { modelKinds } from '../model-kinds.ts';
import { ownProperties } from '../own-properties.ts';
import { secondCopy } from '../second-copy.ts';
import { countedCalls } from './counted-calls.ts';

test.each(['sequential', 'functional'] as const)('a %s model of another copy of tfjs is measured as one of the same', async (kind) => {
  const tf = await useBackend('cpu');
  const other = secondCopy(tf);
  expect(other.LayersModel).not.toBe(tf.LayersModel);
  // Each copy counts its layers from 1, and the engine takes the name of a variable only once.
  tf.disposeVariables();
  const { registry, collect } = testRegistry();
  const { model, xs, ys } = modelKinds[kind](other);
  const without = (model.predict(xs) as Tensor).dataSync();
  model.evaluate(xs, ys);
  const before = ownProperties(model);
  instrumentModel(tf, model, { registry });
  expect((model.predict(xs) as Tensor).dataSync()).toEqual(without);
  model.predictOnBatch(xs);
  model.evaluate(xs, ys);
  const values = await collect();
  expect(countedCalls(values)).toEqual({ 'predict complete': 1, 'predictOnBatch complete': 1, 'evaluate complete': 1 });
  expect(values.value(tfjsMemoryMetrics.tfjsMemoryLeakedTensors)).toBe(0);
  restoreModel(model);
  expect(ownProperties(model)).toEqual(before);
});
