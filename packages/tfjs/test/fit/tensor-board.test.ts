import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { attributes, trainingMetrics as metric } from '@modelmeter/core';
import type { CustomCallback } from '@tensorflow/tfjs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fitMetrics } from '../../src/fit/fit-metrics.ts';
import { callbacks } from '../../src/fit/mixed-callbacks.ts';
import { describeEachBackend } from '../backends.ts';
import { testRegistry } from '@modelmeter/test-kit/collected-values';
import { BATCH_SIZE, smallData, smallModel, STEPS_PER_EPOCH } from '../small-model.ts';

/** What tfjs-node has beside tfjs. */
interface TfjsNode {
  readonly node: { tensorBoard(folder: string, options: { updateFreq: 'batch' | 'epoch' }): CustomCallback };
}

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tensor-board-'));
});
afterEach(() => rm(folder, { recursive: true }));

describeEachBackend((tf, backend) => {
  test.runIf(backend === 'tensorflow').each(['before', 'after'])('a tensorBoard %s ours does its work, and so do we', async (place) => {
    const { registry, collect } = testRegistry();
    const { xs, ys } = smallData(tf);
    const board = (tf as unknown as TfjsNode).node.tensorBoard(folder, { updateFreq: 'batch' });
    const measuring = fitMetrics(tf, { registry });
    const mixed = callbacks(tf, place === 'before' ? [board, measuring, {}] : [{}, measuring, board]);
    const fit = { epochs: 2, batchSize: BATCH_SIZE, validationSplit: 0.2, verbose: 0, callbacks: mixed };
    const { history } = await smallModel(tf).fit(xs, ys, fit);
    const values = await collect();
    expect(values.value(metric.trainingSteps)).toBe(2 * STEPS_PER_EPOCH);
    expect(values.value(metric.trainingLoss, { [attributes.datasetSplit.key]: 'validation' })).toBe(history['val_loss']?.at(-1));
    expect(values.value(metric.trainingRuns, { [attributes.trainingResult.key]: 'success' })).toBe(1);
    expect(await readdir(folder)).toEqual(['train', 'val']);
  });
});
