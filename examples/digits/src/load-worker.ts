import { parentPort, workerData } from 'node:worker_threads';
import { prometheusName, inferenceMetrics as metric } from '@modelmeter/core';
import { loadDigits } from './load-digits.ts';
import { MetricsPage } from './metrics-page.ts';
import { type LoadOptions, type LoadResult, sendLoad } from './send-load.ts';

// A thread that sends load and looks at the metrics meanwhile; it tells what it saw and ends.

export interface LoadWork extends Omit<LoadOptions, 'digits'> {
  readonly metricsUrl: string;
}

export interface SeenLoad extends LoadResult {
  /** The most requests in flight at a moment when somebody looked. */
  readonly mostActive: number;
}

/** Of the test set, which nobody has trained on. */
const IMAGES = 2000;
const LOOK_EVERY_MILLISECONDS = 20;

const { metricsUrl, ...options } = workerData as LoadWork;
const digits = await loadDigits('test', IMAGES);
let mostActive = 0;
const looking = setInterval(() => void look(), LOOK_EVERY_MILLISECONDS);
const result = await sendLoad({ ...options, digits });
clearInterval(looking);
parentPort?.postMessage({ ...result, mostActive } satisfies SeenLoad);

async function look(): Promise<void> {
  const page = new MetricsPage(await (await fetch(metricsUrl)).text());
  mostActive = Math.max(mostActive, page.sum(prometheusName(metric.inferenceActiveRequests)));
}
