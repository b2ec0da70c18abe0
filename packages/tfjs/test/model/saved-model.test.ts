import { rm } from 'node:fs/promises';
import { inferenceMetrics as metric, tfjsMemoryMetrics } from '@modelmeter/core';
import { testRegistry } from '@modelmeter/test-kit/collected-values';
import type { Tensor } from '@tensorflow/tfjs';
import { afterEach, expect, test } from 'vitest';
import { instrumentModel, restoreModel } from '../../src/model/instrument-model.ts';
import { loadWithMetrics } from '../../src/model/load-with-metrics.ts';
import { describeEachBackend, type TensorFlow } from '../backends.ts';
import { countedCalls } from './counted-calls.ts';
import { GRAPH_WEIGHTS } from './small-graph.ts';
import { writeSmallSavedModel } from './small-saved-model.ts';

/** What tfjs-node has beyond tfjs, as far as it is used here. */
interface TfjsNode {
  readonly node: { loadSavedModel(folder: string): Promise<SavedModel> };
}

interface SavedModel {
  predict(inputs: Tensor | Tensor[] | Record<string, Tensor>): Tensor | Tensor[] | Record<string, Tensor>;
  execute(inputs: Tensor, outputs: string): Tensor;
  dispose(): void;
}

let folder: string | undefined;
afterEach(async () => {
  if (folder !== undefined) await rm(folder, { recursive: true });
});

describeEachBackend((tf, backend) => {
  test.skipIf(backend !== 'tensorflow')('a SavedModel of tfjs-node is measured as any other model', async () => {
    const { registry, collect } = testRegistry();
    folder = await writeSmallSavedModel(GRAPH_WEIGHTS);
    const load = () => (tf as TensorFlow & TfjsNode).node.loadSavedModel(folder as string);
    const model = await loadWithMetrics(load, { model: 'saved', version: '1', registry });
    const before = Object.getOwnPropertyDescriptors(model);
    expect(instrumentModel(tf, model, { registry })).toBe(model);

    const x = tf.tensor2d([[1, 0, 2]]);
    const tensors = tf.memory().numTensors;
    const y = model.predict(x) as Tensor;
    expect([...y.dataSync()]).toEqual([11, 14]);
    expect(Object.keys(model.predict({ x }))).toEqual(['y']);
    expect(model.predict([x])).toHaveLength(1);
    expect(tf.memory().numTensors).toBe(tensors + 3);
    expect(() => model.execute(x, 'y')).toThrow('execute() of TFSavedModel is not supported yet');
    expect(() => model.predict({ z: x })).toThrow('the provided input names are z');

    const values = await collect();
    expect(countedCalls(values)).toEqual({ 'predict complete': 3 });
    expect(values.count(metric.modelLoadDuration)).toBe(1);
    expect(values.all(metric.modelInfo)).toEqual([
      [{ 'ml.model.name': 'saved', 'ml.model.version': '1', 'ml.system.name': 'tensorflow.js' }, 1],
    ]);
    // It does not tell.
    expect(values.all(metric.modelParameters)).toEqual([]);
    expect(values.value(tfjsMemoryMetrics.tfjsMemoryLeakedTensors)).toBe(0);

    restoreModel(model);
    // tfjs-node keeps the names of the outputs once it has looked them up.
    const { outputNodeNames_: _, ...after } = Object.getOwnPropertyDescriptors(model) as Record<string, PropertyDescriptor>;
    expect(after).toEqual(before);
    model.dispose();
  });
});
