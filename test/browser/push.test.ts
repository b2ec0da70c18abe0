import { readFile } from 'node:fs/promises';
import { attributes, type MetricDefinition, trainingMetrics as metric } from '@modelmeter/core';
import { beforeAll, beforeEach, describe, expect, vi } from 'vitest';
import { bundlePage } from '../../examples/train-in-browser/server/bundle-page.ts';
import {
  type MetricsReceiver,
  type ReceivedRequest,
  startMetricsReceiver,
} from '../../examples/train-in-browser/server/metrics-receiver.ts';
import { pushSummary } from '../../examples/train-in-browser/server/push-summary.ts';
import { type ServedPage, servePage } from '../../examples/train-in-browser/server/serve-page.ts';
import { readOtlp } from '../otel/otlp-metrics.ts';
import { testWith } from '../servers/test-with.ts';
import { CHROMIUM, type Chromium, startChromium } from './chromium.ts';

const browserTest = testWith(CHROMIUM, 'chromium');
const EXAMPLE = new URL('../../examples/train-in-browser/', import.meta.url);
/** 120 of 150 flowers in batches of 16. */
const STEPS_PER_EPOCH = 8;
const NEVER_SECONDS = 3600;

let browser: Chromium;
let served: ServedPage;
let receiver: MetricsReceiver;
let requests: ReceivedRequest[] = [];

beforeAll(async () => {
  receiver = await startMetricsReceiver(0, (request) => requests.push(request));
  const script = await bundlePage(new URL('src/page.ts', EXAMPLE), { OTLP_URL: receiver.url });
  served = await servePage({ html: await readFile(new URL('index.html', EXAMPLE), 'utf8'), script });
  return async () => {
    await served.stop();
    await receiver.stop();
  };
}, 60_000);
// A browser remembers for two hours that it may send.
beforeEach(async () => {
  requests = [];
  browser = await startChromium();
  return () => browser.stop();
});

const pushes = () => requests.filter(({ method }) => method === 'POST');

/** The value of the one series of a metric, or of its series of a split, in a push. */
function pushed({ body }: ReceivedRequest, { name }: MetricDefinition, split?: string): unknown {
  const points = readOtlp(Buffer.from(body), 'application/json').find((received) => received.name === name)?.points ?? [];
  return points.find((point) => split === undefined || point.attributes[attributes.datasetSplit.key] === split)?.value;
}

describe('the example page', { timeout: 60_000 }, () => {
  browserTest.each([
    ['webgl', 20],
    ['webgpu', 5],
  ])('trains on %s and pushes OTLP/JSON across origins while it does', async (backend, epochs) => {
    const page = await browser.openPage(`${served.url}?backend=${backend}&epochs=${epochs}&push-every-seconds=0.5`);
    const shown = (id: string) => page.evaluate<string>(`document.getElementById('${id}').textContent`);
    await vi.waitFor(async () => expect(await shown('state')).toBe('done'), { timeout: 50_000, interval: 200 });
    expect(requests[0]).toMatchObject({ method: 'OPTIONS', origin: new URL(served.url).origin });
    expect(pushes().length).toBeGreaterThan(2);
    for (const { contentType, origin } of pushes()) expect([contentType, origin]).toEqual(['application/json', new URL(served.url).origin]);
    const steps = pushes().map((push) => pushed(push, metric.trainingSteps) as number | undefined);
    expect(steps.filter((count = 0) => count > 0 && count < epochs * STEPS_PER_EPOCH).length).toBeGreaterThan(0);
    const last = pushes().at(-1) as ReceivedRequest;
    expect(pushed(last, metric.trainingSteps)).toBe(epochs * STEPS_PER_EPOCH);
    expect(pushed(last, metric.trainingSamples)).toBe(epochs * 120);
    expect(pushed(last, metric.trainingEpoch)).toBe(epochs);
    expect((pushed(last, metric.trainingLoss, 'train') as number).toFixed(4)).toBe(await shown('loss'));
    expect(pushed(last, metric.trainingAccuracy, 'validation')).toBeTypeOf('number');
    expect(pushSummary(last.body)).toMatch(
      new RegExp(
        `^\\d+ metrics, [\\d.]+ kB, ${epochs * STEPS_PER_EPOCH} steps, epoch ${epochs}, loss [\\d.]+, validation accuracy [\\d.]+$`,
      ),
    );
    expect(await shown('backend')).toBe(backend);
    expect(page.problems).toEqual([]);
  });

  browserTest('flushes when its tab is hidden, trains on there, and flushes again when the tab is closed', async () => {
    const page = await browser.openPage(`${served.url}?backend=webgl&epochs=1000&push-every-seconds=${NEVER_SECONDS}`);
    const shownEpoch = () => page.evaluate<string>("document.getElementById('epoch').textContent");
    await vi.waitFor(async () => expect(await shownEpoch()).toMatch(/^\d+ of/), { timeout: 30_000, interval: 100 });
    expect(pushes().length).toBe(0);

    await page.hide();
    await vi.waitFor(() => expect(pushes().length).toBe(1), { timeout: 10_000, interval: 50 });
    const hiddenSteps = pushed(pushes()[0] as ReceivedRequest, metric.trainingSteps) as number;
    expect(hiddenSteps).toBeGreaterThan(0);

    const epochWhenHidden = await shownEpoch();
    await vi.waitFor(async () => expect(await shownEpoch()).not.toBe(epochWhenHidden), { timeout: 30_000, interval: 200 });
    expect(page.problems).toEqual([]);
    await page.close();
    await vi.waitFor(() => expect(pushes().length).toBeGreaterThan(1), { timeout: 10_000, interval: 50 });
    expect(pushed(pushes().at(-1) as ReceivedRequest, metric.trainingSteps)).toBeGreaterThan(hiddenSteps);
    expect(pushed(pushes().at(-1) as ReceivedRequest, metric.trainingRunActive)).toBe(1);
  });

  browserTest('says so when the back end that was asked for does not work', async () => {
    const page = await browser.openPage(`${served.url}?backend=none`);
    const state = () => page.evaluate<string>("document.getElementById('state').textContent");
    await vi.waitFor(async () => expect(await state()).toBe('Error: the back end none does not work in this browser'), 20_000);
  });
});
