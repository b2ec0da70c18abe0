import { attributes, inferenceMetrics as metric, type Producer, tfjsMemoryMetrics } from '@modelmeter/core';
import { CollectedValues } from '@modelmeter/test-kit/collected-values';
import { beforeAll, describe, expect } from 'vitest';
import { testWith } from '../servers/test-with.ts';
import type { BrowserPage } from './browser-page.ts';
import { CHROMIUM } from './chromium.ts';
import type { CallsReport, CallsRequest } from './pages/model-calls.ts';
import { openTestPage } from './test-page.ts';

const browserTest = testWith(CHROMIUM, 'chromium');
const CALLS = 6;
/** Of a prediction, and of an evaluation: loss, accuracy and mse. */
const OUTPUTS = { predict: 1, evaluate: 3 };

let page: BrowserPage;

beforeAll(async () => {
  const opened = await openTestPage('model-calls');
  page = opened.page;
  return () => opened.close();
}, 60_000);

const callModel = (request: CallsRequest) => page.call<CallsReport>('callModel', request);
const collectedIn = ({ collected }: CallsReport) => CollectedValues.of({ collect: async () => collected } as Producer);

describe.each(['webgl', 'webgpu'])('in a browser, on %s,', { timeout: 60_000 }, (backend) => {
  const calls = (values: CollectedValues, method: string, timing: string) =>
    values.count(metric.modelCallDuration, { [attributes.modelMethod.key]: method, [attributes.timing.key]: timing });
  let bare: CallsReport;
  beforeAll(async () => void (bare = await callModel({ backend, calls: CALLS })), 60_000);

  browserTest('calls of a measured model return the same, and nothing is read from the device', async () => {
    const report = await callModel({ backend, calls: CALLS, measured: {} });
    expect([bare.backend, report.backend]).toEqual([backend, backend]);
    expect(report.results).toEqual(bare.results);
    expect(report.reads).toEqual({ asked: 0, askedToBlock: 0, transferred: 0 });
    expect([bare.tensors, report.tensors]).toEqual([0, 0]);
    const values = await collectedIn(report);
    expect([calls(values, 'predict', 'dispatch'), calls(values, 'evaluate', 'dispatch')]).toEqual([CALLS, CALLS]);
    expect(values.all(metric.modelCallDuration)).toHaveLength(2);
    expect(values.value(tfjsMemoryMetrics.tfjsMemoryLeakedTensors)).toBe(0);
  });

  browserTest('where it is asked for, every n-th is measured until the device has answered, and nothing of ours stays', async () => {
    const report = await callModel({ backend, calls: CALLS, measured: { waitEveryCalls: 3 } });
    expect(report.results).toEqual(bare.results);
    expect([report.reads.asked, report.reads.askedToBlock]).toEqual([(CALLS / 3) * (OUTPUTS.predict + OUTPUTS.evaluate), 0]);
    expect(report.tensors).toBe(0);
    const values = await collectedIn(report);
    for (const method of ['predict', 'evaluate']) {
      expect([calls(values, method, 'complete'), calls(values, method, 'dispatch')]).toEqual([CALLS / 3, CALLS - CALLS / 3]);
    }
  });

  browserTest('nothing went wrong in the page', () => {
    expect(page.problems).toEqual([]);
  });
});
