import { attributes, inferenceMetrics as metric, Registry } from '@modelmeter/core';
import { testRegistry } from '@modelmeter/test-kit/collected-values';
import { FakeClock } from '@modelmeter/test-kit/fake-clock';
import { expect, test } from 'vitest';
import { instrumentModel } from '../../src/model/instrument-model.ts';
import { type LoadOptions, loadWithMetrics } from '../../src/model/load-with-metrics.ts';
import { describeEachBackend } from '../backends.ts';
import { smallModel } from '../small-model.ts';
import { smallGraph } from './small-graph.ts';

const name = attributes.modelName.key;
const version = attributes.modelVersion.key;
const errorType = attributes.errorType.key;

describeEachBackend((tf) => {
  test('a model that was loaded has the time that took, and its name and version wherever it is measured', async () => {
    const { registry, collect } = testRegistry();
    const clock = new FakeClock();
    const artifacts = await new Promise<unknown>((resolve) => {
      const save = tf.io.withSaveHandler(async (saved) => {
        resolve(saved);
        return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
      });
      void smallModel(tf).save(save);
    });
    const load = async () => {
      const model = await tf.loadLayersModel(tf.io.fromMemory(artifacts as never));
      clock.advance(0.5);
      return model;
    };
    const model = instrumentModel(tf, await loadWithMetrics(load, { model: 'digits', version: '3', registry, clock }), { registry, clock });
    const graph = await loadWithMetrics(() => smallGraph(tf), { model: 'graph', registry, clock });
    instrumentModel(tf, graph, { registry, model: 'renamed', version: '4' });
    const values = await collect();
    expect(values.value(metric.modelLoadDuration, { [name]: 'digits', [version]: '3', [errorType]: undefined })).toBe(0.5);
    expect(values.count(metric.modelLoadDuration, { [name]: 'graph', [version]: undefined })).toBe(1);
    expect(values.value(metric.modelParameters, { [name]: 'digits', [version]: '3' })).toBe(model.countParams());
    expect(values.value(metric.modelInfo, { [name]: 'digits', [version]: '3' })).toBe(1);
    expect(values.value(metric.modelInfo, { [name]: 'renamed', [version]: '4' })).toBe(1);
  });
});

test('what loads at once is returned at once, whatever it is', async () => {
  const { registry, collect } = testRegistry();
  const model = { predict: () => 1 };
  for (const loaded of [model, undefined, null, 'session', 7]) {
    expect(loadWithMetrics(() => loaded, { model: 'm', registry })).toBe(loaded);
  }
  expect((await collect()).count(metric.modelLoadDuration)).toBe(5);
});

test('a load that fails throws what it throws, and says of what type that was', async () => {
  const { registry, collect } = testRegistry();
  const options = { model: 'm', registry };
  const errors = [
    new DOMException('given up', 'AbortError'),
    new DOMException('too slow', 'TimeoutError'),
    new RangeError('https://user:secret@host/model.json'),
    'no error at all',
    undefined,
  ];
  for (const error of errors) {
    const fail = (): never => {
      throw error as Error;
    };
    const thrown = (() => {
      try {
        return loadWithMetrics(fail, options);
      } catch (caught) {
        return { caught };
      }
    })();
    expect(thrown).toEqual({ caught: error });
    expect(await loadWithMetrics(() => Promise.reject(error), options).catch((caught: unknown) => ({ caught }))).toEqual({ caught: error });
  }
  const values = await collect();
  const counted = values.all(metric.modelLoadDuration).map(([has, value]) => [has[errorType], (value as { count: number }).count]);
  expect(counted).toEqual([
    ['cancelled', 2],
    ['timeout', 2],
    ['_OTHER', 6],
  ]);
});

test('a broken clock or registry leaves the load as it is', async () => {
  const broken = () => {
    throw new Error('broken');
  };
  const registry = new Registry();
  registry.bind = broken;
  const clock = { monotonicSeconds: broken, unixSeconds: broken };
  for (const options of [{ registry }, { clock, registry: new Registry() }]) {
    expect(await loadWithMetrics(async () => 3, { model: 'm', ...options })).toBe(3);
  }
});

test('options that make no sense throw before anything is loaded', () => {
  let loads = 0;
  const load = () => ++loads;
  expect(() => loadWithMetrics(load, {} as LoadOptions)).toThrow('model is undefined, not a name');
  expect(() => loadWithMetrics(load, { model: 'm', version: '' })).toThrow('version is "", not a name');
  expect(() => loadWithMetrics('url' as never, { model: 'm' })).toThrow('load is url, not a function that loads a model');
  expect(loads).toBe(0);
});
