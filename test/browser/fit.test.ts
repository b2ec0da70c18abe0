import { attributes, type Producer, tfjsMemoryMetrics, trainingMetrics as metric } from '@modelmeter/core';
import { beforeAll, describe, expect } from 'vitest';
import { CollectedValues } from '@modelmeter/test-kit/collected-values';
import { BATCH_SIZE, STEPS_PER_EPOCH } from '../../packages/tfjs/test/small-model.ts';
import { testWith } from '../servers/test-with.ts';
import type { BrowserPage } from './browser-page.ts';
import { CHROMIUM } from './chromium.ts';
import type { FitReport, FitRequest } from './pages/fit.ts';
import { openTestPage } from './test-page.ts';

const browserTest = testWith(CHROMIUM, 'chromium');
const split = attributes.datasetSplit.key;
/** loss, acc and mse of both splits. */
const VALUES_PER_EPOCH = 6;
const EPOCHS = 3;

let page: BrowserPage;

beforeAll(async () => {
  const opened = await openTestPage('fit');
  page = opened.page;
  return () => opened.close();
}, 60_000);

const fit = (request: FitRequest) => page.call<FitReport>('fit', request);
const collectedIn = ({ collected }: FitReport) => CollectedValues.of({ collect: async () => collected } as Producer);

describe.each(['webgl', 'webgpu'])('in a browser, on %s,', { timeout: 60_000 }, (backend) => {
  let bare: FitReport;
  let measured: FitReport;
  let values: CollectedValues;

  beforeAll(async () => {
    bare = await fit({ backend, epochs: EPOCHS });
    measured = await fit({ backend, epochs: EPOCHS, measured: {} });
    values = await collectedIn(measured);
  }, 60_000);

  browserTest('the back end is the one that was asked for', () => {
    expect([bare.backend, measured.backend]).toEqual([backend, backend]);
  });

  browserTest('a measured fit comes to the same history, weights and tensors', () => {
    expect(measured.history).toEqual(bare.history);
    expect(measured.weights).toEqual(bare.weights);
    expect([bare.tensors, measured.tensors]).toEqual([0, 0]);
    expect(measured.gpuBytes).toBe(bare.gpuBytes);
  });

  browserTest('losses and metrics are those of the History to the last bit', () => {
    const { history } = measured;
    for (const [key, name] of [
      ['', 'train'],
      ['val_', 'validation'],
    ] as const) {
      expect(values.value(metric.trainingLoss, { [split]: name })).toBe(history[`${key}loss`]?.at(-1));
      expect(values.value(metric.trainingAccuracy, { [split]: name })).toBe(history[`${key}acc`]?.at(-1));
      expect(values.value(metric.trainingMetric, { [split]: name })).toBe(history[`${key}mse`]?.at(-1));
    }
  });

  browserTest('counts are exact', () => {
    const steps = EPOCHS * STEPS_PER_EPOCH;
    expect(values.value(metric.trainingSteps)).toBe(steps);
    expect(values.value(metric.trainingSamples)).toBe(steps * BATCH_SIZE);
    expect(values.count(metric.trainingStepDuration)).toBe(steps - 1);
    expect(values.count(metric.trainingEpochDuration)).toBe(EPOCHS);
    expect(values.value(metric.trainingEpoch)).toBe(EPOCHS);
    expect(values.value(metric.trainingProgress)).toBe(1);
    expect(values.value(metric.trainingRuns, { [attributes.trainingResult.key]: 'success' })).toBe(1);
    expect(values.value(metric.trainingRunActive)).toBe(0);
  });

  browserTest('what the device was not waited for says so, and time by activity is absent', () => {
    expect(values.all(metric.trainingStepDuration).map(([has]) => has[attributes.timing.key])).toEqual(['dispatch']);
    expect(values.all(metric.trainingTime)).toEqual([]);
  });

  browserTest('GPU memory is told', () => {
    const on = { [attributes.tfjsBackend.key]: backend };
    expect(values.value(tfjsMemoryMetrics.tfjsMemoryGpuUsage, on)).toBe(measured.gpuBytes);
    expect(measured.gpuBytes).toBeGreaterThan(0);
  });

  browserTest('no step reads from the device, and no value goes over the bus twice', () => {
    const values = EPOCHS * VALUES_PER_EPOCH;
    for (const { steps } of [bare.reads, measured.reads]) expect([steps.asked, steps.askedToBlock]).toEqual([0, 0]);
    // tfjs reads the values of all epochs at the end of a fit. Ours asks at the end of each epoch and waits for no answer; tfjs then finds
    // them in memory.
    expect(bare.reads.all.asked).toBe(values);
    expect(measured.reads.epochEnds.asked).toBe(values);
    expect(measured.reads.all.asked).toBe(2 * values);
    expect(measured.reads.all.askedToBlock).toBe(0);
    expect(measured.reads.all.transferred).toBe(bare.reads.all.transferred);
  });

  browserTest('samples per second of wall time agree with a stopwatch, and the page lives on meanwhile', async () => {
    const epochs = backend === 'webgl' ? 50 : 10;
    await page.evaluate('turns = 0, void setInterval(() => turns++, 50)');
    const report = await fit({ backend, epochs, measured: {} });
    expect(await page.evaluate('turns')).toBeGreaterThan(5);
    const collected = await collectedIn(report);
    const samples = collected.value(metric.trainingSamples) ?? NaN;
    const rate = samples / (collected.value(metric.trainingRunDuration) ?? NaN);
    expect(samples).toBe(epochs * STEPS_PER_EPOCH * BATCH_SIZE);
    expect(rate / (samples / report.seconds)).toBeGreaterThanOrEqual(1);
    expect(rate / (samples / report.seconds)).toBeLessThan(1.02);
  });

  browserTest('it measures in a worker as well', async () => {
    const report = await page.call<FitReport>('fitInWorker', { backend, epochs: EPOCHS, measured: {} } satisfies FitRequest);
    const collected = await collectedIn(report);
    expect(collected.value(metric.trainingSteps)).toBe(EPOCHS * STEPS_PER_EPOCH);
    expect(collected.value(metric.trainingLoss, { [split]: 'train' })).toBe(report.history['loss']?.at(-1));
    expect(collected.value(tfjsMemoryMetrics.tfjsMemoryGpuUsage)).toBeGreaterThan(0);
  });

  browserTest('what is asked for is measured, and changes nothing', async () => {
    const options = { batchLossEverySeconds: 0 };
    const report = await fit({ backend, epochs: EPOCHS, measured: options, waitEverySteps: 5, withNorms: true });
    expect(report.history).toEqual(bare.history);
    expect(report.weights).toEqual(bare.weights);
    expect(report.tensors).toBe(0);
    const collected = await collectedIn(report);
    const steps = (timing: string) => collected.count(metric.trainingStepDuration, { [attributes.timing.key]: timing });
    expect([steps('dispatch'), steps('complete')]).toEqual([EPOCHS * STEPS_PER_EPOCH - 1, 2]);
    expect(collected.value(metric.trainingBatchLoss)).toBeCloseTo(report.history['loss']?.at(-1) ?? NaN, 1);
    expect(collected.value(metric.trainingGradientNorm)).toBeGreaterThan(0);
    const squares = report.weights.flat().reduce((sum, weight) => sum + weight ** 2, 0);
    expect(collected.value(metric.trainingParameterNorm)).toBeCloseTo(Math.sqrt(squares), 5);
  });

  browserTest(
    'the device is waited for before and after every n-th step, after the first and before a validation, no more often',
    async () => {
      const n = 3;
      const report = await fit({ backend, epochs: EPOCHS, measured: {}, waitEverySteps: n });
      const [first, beforeValidation] = [1, 1]; // Of the third, seventh and eleventh step, only the seventh has no turn.
      expect(report.reads.steps.asked).toBe((2 * EPOCHS * STEPS_PER_EPOCH) / n + first + beforeValidation);
      expect(report.reads.all.askedToBlock).toBe(0);
      const collected = await collectedIn(report);
      // The last step of all is not alone: tfjs validates in it.
      expect(collected.count(metric.trainingStepDuration, { [attributes.timing.key]: 'complete' })).toBe(
        (EPOCHS * STEPS_PER_EPOCH) / n - 1,
      );
      const seconds = collected.all(metric.trainingTime).map(([, value]) => value as number);
      expect(seconds.length).toBeGreaterThan(0);
      expect(seconds.reduce((sum, value) => sum + value, 0)).toBeCloseTo(collected.value(metric.trainingRunDuration) ?? NaN, 9);
    },
  );

  browserTest('a loss that is not finite makes the result', async () => {
    const collected = await collectedIn(await fit({ backend, epochs: EPOCHS, measured: {}, fault: 'diverges' }));
    expect(collected.value(metric.trainingRuns, { [attributes.trainingResult.key]: 'non_finite' })).toBe(1);
    const trainLoss = { [split]: 'train', [attributes.metricName.key]: 'loss' };
    expect(collected.value(metric.trainingNonFinite, trainLoss)).toBe(EPOCHS);
  });

  browserTest('a fit that throws while values are on their way rejects with the error and leaves what it leaves without us', async () => {
    const measured = { batchLossEverySeconds: 0 };
    const without = await fit({ backend, epochs: EPOCHS, fault: 'throws' });
    const report = await fit({ backend, epochs: EPOCHS, measured, withNorms: true, fault: 'throws' });
    expect([without.error, report.error]).toEqual(['Error: enough', 'Error: enough']);
    const collected = await collectedIn(report);
    expect(collected.value(metric.trainingRuns, { [attributes.trainingResult.key]: 'failure' })).toBe(1);
    expect(collected.value(metric.trainingSteps)).toBe(6);
    expect(report.tensorsLater).toBe(without.tensorsLater);
  });

  browserTest('nothing went wrong in the page', () => {
    expect(page.problems).toEqual([]);
  });
});
