import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { attributes as attribute, inferenceMetrics as metric, prometheusName, Registry } from '@modelmeter/core';
import { measureInference } from '@modelmeter/inference';
import { inferenceHandler } from '@modelmeter/inference/node-http';
import { startMetrics } from '@modelmeter/sdk';
import { instrumentModel } from '@modelmeter/tfjs';
import { CollectedValues } from '@modelmeter/test-kit/collected-values';
import { PseudoRandom } from '@modelmeter/test-kit/pseudo-random';
import * as tf from '@tensorflow/tfjs';
import { expect } from 'vitest';
import { startPrometheus } from './servers/prometheus.ts';
import { testWith } from './servers/test-with.ts';

const prometheusTest = testWith('prometheus');

/** What a request asks for, and the type of error that it ends as. */
const OUTCOMES = { good: undefined, bad: 'invalid_input', busy: 'rejected', late: 'timeout', broken: '_OTHER', left: 'cancelled' } as const;
type Kind = keyof typeof OUTCOMES;

const DELAYS_MILLISECONDS = [0, 2, 6, 15, 35];
const QUANTILES = [0.5, 0.9, 0.99];

/** A server with all three wrappers, and a stopwatch around it. */
async function startServer(registry: Registry) {
  await tf.setBackend('cpu');
  const model = instrumentModel(tf, tf.sequential({ layers: [tf.layers.dense({ units: 10, inputShape: [4] })] }), {
    model: 'digits',
    registry,
  });
  const digits = measureInference({ model: 'digits', version: '3', registry });
  const classify = digits.wrap(
    async (rows: number[][], delayMilliseconds: number) => {
      await sleep(delayMilliseconds);
      const scores = tf.tidy(() => (model.predict(tf.tensor2d(rows)) as tf.Tensor).argMax(-1));
      const classes = await scores.data();
      scores.dispose();
      return [...classes];
    },
    { batchSize: (rows) => rows.length },
  );

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { kind, rows, delay } = (await json(request)) as { kind: Kind; rows: number[][]; delay: number };
    if (kind === 'left') {
      request.socket.destroy();
      return;
    }
    const status = { good: 200, bad: 400, busy: 503, late: 504, broken: 500 }[kind];
    if (kind === 'good') await classify(rows, delay);
    else await sleep(delay);
    response.writeHead(status).end();
  }

  const measured = inferenceHandler((request, response) => void answer(request, response), digits);
  const seconds: number[] = [];
  const server = createServer((request, response) => {
    const start = performance.now();
    response.once('close', () => seconds.push((performance.now() - start) / 1000));
    measured(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    model.dispose();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seconds, close };
}

/** Sends so many requests, so many of them at a time, and tells how many of each kind. */
async function send(url: string, requests: number, inFlight: number) {
  const random = new PseudoRandom(inFlight);
  const sent: Record<Kind, number> = { good: 0, bad: 0, busy: 0, late: 0, broken: 0, left: 0 };
  let samples = 0;
  const client = async (): Promise<void> => {
    while (requests-- > 0) {
      const kind = random.pick<Kind>(['good', 'good', 'good', 'good', 'bad', 'busy', 'late', 'broken', 'left']);
      const rows = Array.from({ length: 1 + random.below(8) }, () => [1, 2, 3, 4]);
      sent[kind]++;
      if (kind === 'good') samples += rows.length;
      const body = JSON.stringify({ kind, rows, delay: random.pick(DELAYS_MILLISECONDS) });
      const response = await fetch(url, { method: 'POST', body }).catch((error: unknown) => {
        if (kind !== 'left') throw error;
      });
      await response?.arrayBuffer();
    }
  };
  await Promise.all(Array.from({ length: inFlight }, client));
  return { sent, samples };
}

prometheusTest.each([
  { inFlight: 1, requests: 150 },
  { inFlight: 50, requests: 1000 },
  { inFlight: 500, requests: 2000 },
])(
  'with $inFlight requests in flight every count, sum and quantile is that of the requests sent',
  { timeout: 60_000 },
  async ({ inFlight, requests }) => {
    const registry = new Registry();
    const producer = registry.producer();
    const metrics = await startMetrics({ registry, port: 0, setGlobal: false });
    const server = await startServer(registry);
    const { sent, samples } = await send(server.url, requests, inFlight);
    await server.close();

    const values = await CollectedValues.of(producer);
    for (const [kind, type] of Object.entries(OUTCOMES) as [Kind, string | undefined][]) {
      const duration = values.all(metric.inferenceDuration).find(([attributes]) => attributes[attribute.errorType.key] === type);
      expect(duration?.[1], kind).toMatchObject({ count: sent[kind] });
      const errors = type === undefined ? undefined : values.value(metric.inferenceErrors, { [attribute.errorType.key]: type });
      expect(errors, kind).toBe(type === undefined ? undefined : sent[kind]);
    }
    expect(values.value(metric.inferenceActiveRequests)).toBe(0);
    expect(values.value(metric.inferenceBatchSize)).toBe(samples);
    expect(values.count(metric.inferenceStageDuration, { [attribute.inferenceStage.key]: 'predict' })).toBe(sent.good);
    expect(values.count(metric.modelCallDuration, { [attribute.modelMethod.key]: 'predict' })).toBe(sent.good);

    const stopwatch = server.seconds.reduce((sum, one) => sum + one, 0);
    const sum = values.all(metric.inferenceDuration).reduce((total, [, value]) => total + (value as { sum: number }).sum, 0);
    expect(server.seconds).toHaveLength(requests);
    expect(Math.abs(sum / stopwatch - 1)).toBeLessThan(0.02);

    const prometheus = await startPrometheus({ target: metrics.url ?? '' });
    try {
      await prometheus.scraped();
      for (const quantile of QUANTILES) {
        const [answer] = await prometheus.query(
          `histogram_quantile(${quantile}, sum by (le) (${prometheusName(metric.inferenceDuration)}_bucket))`,
        );
        const [least, most] = bucketsAround(server.seconds, quantile);
        expect(answer?.value, `p${100 * quantile}`).toBeGreaterThanOrEqual(least);
        expect(answer?.value, `p${100 * quantile}`).toBeLessThanOrEqual(most);
      }
    } finally {
      await prometheus.stop();
      await metrics.shutdown();
    }
  },
);

/** The bounds of the bucket in which a quantile lies; of two, where the stopwatch and the histogram may differ by a rank. */
function bucketsAround(seconds: readonly number[], quantile: number): [least: number, most: number] {
  const sorted = seconds.toSorted((a, b) => a - b);
  const rank = Math.min(sorted.length - 1, Math.ceil(quantile * sorted.length) - 1);
  const [below = 0, above = 0] = [sorted[Math.max(0, rank - 1)], sorted[Math.min(sorted.length - 1, rank + 1)]];
  const { bounds } = metric.inferenceDuration;
  return [bounds.findLast((bound) => bound < below) ?? 0, bounds.find((bound) => bound >= above) ?? Infinity];
}
