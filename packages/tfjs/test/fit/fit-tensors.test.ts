import { expect, test } from 'vitest';
import { fitMetrics } from '../../src/fit/fit-metrics.ts';
import { gradientNorm } from '../../src/probes/gradient-norm.ts';
import { parameterNorms } from '../../src/probes/parameter-norms.ts';
import { describeEachBackend, type TensorFlow } from '../backends.ts';
import { testRegistry } from '@modelmeter/test-kit/collected-values';
import { datasetOf, modelKinds, type ModelKind } from '../model-kinds.ts';
import { BATCH_SIZE } from '../small-model.ts';

const probes = [parameterNorms({ layers: true }), gradientNorm({ everySteps: 1 })];
const everything = { probes, batchLossEverySeconds: 0, onNonFinite: 'stop' } as const;

/** Tensors before, at each epoch of and after a fit. The first epoch makes the optimizer's own, and is left out. */
async function tensorsOf(tf: TensorFlow, kind: ModelKind, method: string, isMeasured: boolean) {
  const { model, xs, ys } = modelKinds[kind](tf);
  const epochs: number[] = [];
  const looking = new tf.CustomCallback({ onEpochBegin: async () => void epochs.push(tf.memory().numTensors) }, 'never');
  const callbacks = [...(isMeasured ? [fitMetrics(tf, { registry: testRegistry().registry, ...everything })] : []), looking];
  const fit = { epochs: 4, verbose: 0, callbacks };
  const before = tf.memory().numTensors;
  if (method === 'fit') await model.fit(xs, ys, { ...fit, batchSize: BATCH_SIZE });
  else await model.fitDataset(datasetOf({ xs, ys }), { ...fit, validationData: datasetOf({ xs, ys }) });
  return { left: tf.memory().numTensors - before, growth: epochs.slice(2).map((count, i) => count - (epochs[i + 1] as number)) };
}

describeEachBackend((tf) => {
  const kinds = Object.keys(modelKinds) as ModelKind[];
  test.each(kinds.flatMap((kind) => [[kind, 'fit'] as const, [kind, 'fitDataset'] as const]))(
    'with every option on, a %s model in %s leaves no more tensors than without us, in each epoch and after it',
    async (kind, method) => {
      expect(await tensorsOf(tf, kind, method, true)).toEqual(await tensorsOf(tf, kind, method, false));
    },
  );
});
