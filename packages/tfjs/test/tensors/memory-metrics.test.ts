import { attributes, collectorUp, Registry, tfjsMemoryMetrics } from '@modelmeter/core';
import { expect, test } from 'vitest';
import { fitMetrics } from '../../src/fit/fit-metrics.ts';
import { reportMemory } from '../../src/tensors/memory-metrics.ts';
import { describeEachBackend, useBackend } from '../backends.ts';
import { testRegistry } from '@modelmeter/test-kit/collected-values';
import { BATCH_SIZE, smallData, smallModel } from '../small-model.ts';

const { tfjsMemoryTensors, tfjsMemoryUsage, tfjsMemoryGpuUsage } = tfjsMemoryMetrics;
const backendKey = attributes.tfjsBackend.key;

describeEachBackend((tf, backend) => {
  test('tensors and bytes are those of tf.memory() when metrics are collected', async () => {
    const { registry, collect } = testRegistry();
    reportMemory(tf, registry);
    const before = tf.memory();
    const tensor = tf.zeros([1000]);
    const during = await collect();
    expect(during.value(tfjsMemoryTensors, { [backendKey]: backend })).toBe(before.numTensors + 1);
    expect(during.value(tfjsMemoryUsage, { [backendKey]: backend })).toBe(before.numBytes + 4000);
    tensor.dispose();
    expect((await collect()).value(tfjsMemoryTensors)).toBe(before.numTensors);
  });

  test('GPU memory is there only where the back end tells', async () => {
    const { registry, collect } = testRegistry();
    reportMemory(tf, registry);
    expect((await collect()).all(tfjsMemoryGpuUsage)).toEqual([]);
    const gpu = testRegistry();
    reportMemory({ ...tf, getBackend: () => 'webgl', memory: () => ({ ...tf.memory(), numBytesInGPU: 4096 }) }, gpu.registry);
    expect((await gpu.collect()).value(tfjsMemoryGpuUsage, { [backendKey]: 'webgl' })).toBe(4096);
  });

  test('memory that cannot be read is absent, and its collector down', async () => {
    const { registry, collect } = testRegistry();
    let fails = false;
    const memory = () => {
      if (fails) throw new Error('no back end');
      return tf.memory();
    };
    reportMemory({ ...tf, memory }, registry);
    expect((await collect()).value(collectorUp)).toBe(1);
    fails = true;
    const values = await collect();
    expect(values.value(collectorUp)).toBe(0);
    expect(values.all(tfjsMemoryTensors)).toEqual([]);
  });

  test('an engine is reported once to each registry, however many callbacks there are', async () => {
    const registry = new Registry();
    let added = 0;
    registry.onCollect = () => {
      added++;
      return () => {};
    };
    reportMemory(tf, registry);
    reportMemory({ ...tf }, registry);
    expect(added).toBe(1);
  });

  test('the scalars that the History of a running fit holds are not counted as tensors', async () => {
    const { registry, collect } = testRegistry();
    const { xs, ys } = smallData(tf);
    const counted: (number | undefined)[] = [];
    const alive: number[] = [];
    const looking = new tf.CustomCallback(
      {
        onEpochBegin: async () => {
          counted.push((await collect()).value(tfjsMemoryTensors));
          alive.push(tf.memory().numTensors);
        },
      },
      'never',
    );
    await smallModel(tf).fit(xs, ys, { epochs: 5, batchSize: BATCH_SIZE, verbose: 0, callbacks: [fitMetrics(tf, { registry }), looking] });
    // From the second epoch on, when the optimizer has made its slots: loss, accuracy and mse stay behind after each epoch.
    expect(alive.slice(1).map((count, i) => count - (alive[1] as number) - 3 * i)).toEqual([0, 0, 0, 0]);
    expect(new Set(counted.slice(1)).size).toBe(1);
  });
});

test('after a change of back end only the active one is reported', async () => {
  const tf = await useBackend('cpu');
  const { registry, collect } = testRegistry();
  reportMemory(tf, registry);
  await collect();
  await useBackend('wasm');
  expect((await collect()).all(tfjsMemoryTensors).map(([has]) => has[backendKey])).toEqual(['wasm']);
});
