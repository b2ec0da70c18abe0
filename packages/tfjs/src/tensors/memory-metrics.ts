import type { BoundUpDownCounter, Registry } from '@modelmeter/core';
import * as attributes from '@modelmeter/core/attributes';
import * as tfjsMemoryMetrics from '@modelmeter/core/tfjs-memory-metrics';
import type { ModelLike, TfLike } from '../tf-like.ts';

type MemoryDefinition =
  | typeof tfjsMemoryMetrics.tfjsMemoryTensors
  | typeof tfjsMemoryMetrics.tfjsMemoryUsage
  | typeof tfjsMemoryMetrics.tfjsMemoryGpuUsage;

const enginesByRegistry = new WeakMap<Registry, WeakSet<object>>();
const modelsInFit = new Set<ModelLike>();

/** Reports `tf.memory()` whenever metrics are collected, once for each engine and registry. */
export function reportMemory(tf: TfLike, registry: Registry): void {
  const engine = tf.engine();
  let engines = enginesByRegistry.get(registry);
  if (!engines) enginesByRegistry.set(registry, (engines = new WeakSet()));
  if (engines.has(engine)) return;
  engines.add(engine);
  const reported = new Set<BoundUpDownCounter>();
  registry.onCollect('tfjs.memory', () => observeMemory(tf, registry, reported));
}

/** While a model is in a fit, the scalars that its History keeps are not counted: they come and go with the fit, and are no leak. */
export function holdHistory(model: ModelLike): () => void {
  modelsInFit.add(model);
  return () => modelsInFit.delete(model);
}

function observeMemory(tf: TfLike, registry: Registry, reported: Set<BoundUpDownCounter>): void {
  const before = [...reported];
  reported.clear();
  try {
    const { numTensors, numBytes, numBytesInGPU } = tf.memory();
    const on = { [attributes.tfjsBackend.key]: tf.getBackend() };
    const observe = (definition: MemoryDefinition, value: number) => {
      const series = registry.bind(definition, on);
      series.observe(value);
      reported.add(series);
    };
    observe(tfjsMemoryMetrics.tfjsMemoryTensors, numTensors - tensorsInHistories());
    observe(tfjsMemoryMetrics.tfjsMemoryUsage, numBytes);
    if (numBytesInGPU !== undefined) observe(tfjsMemoryMetrics.tfjsMemoryGpuUsage, numBytesInGPU);
  } finally {
    // tfjs tells of the active back end alone: what was known of another, or before a failure, is true no longer.
    for (const series of before) if (!reported.has(series)) series.remove();
  }
}

function tensorsInHistories(): number {
  let count = 0;
  for (const { history } of modelsInFit) {
    for (const values of Object.values(history?.history ?? {})) {
      for (const value of values) if (typeof value !== 'number' && !value.isDisposed) count++;
    }
  }
  return count;
}
