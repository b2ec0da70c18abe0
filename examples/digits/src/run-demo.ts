import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { startMetrics } from '@modelmeter/sdk';
import type { Backend } from './load-backend.ts';
import { MetricsPage } from './metrics-page.ts';
import type { LoadWork, SeenLoad } from './load-worker.ts';
import { serveDigits } from './serve-digits.ts';
import { servingReport } from './serving-report.ts';
import { trainDigits } from './train-digits.ts';
import { trainingReport } from './training-report.ts';

const DEFAULT_PORT = '9464';
const LOAD = { requests: 2000, clients: 12, pauseMilliseconds: 8 };

export interface DemoOptions extends Backend {
  readonly port?: number | 'auto';
  /** @default 2000 requests of 12 clients */
  readonly load?: Omit<LoadWork, 'url' | 'metricsUrl'>;
  /** Where lines of text go. */
  readonly print: (line: string) => void;
  /** Called with the address of the metrics once they are served; training waits for it. */
  readonly onListening?: ((metricsUrl: string) => Promise<void>) | undefined;
}

export interface Demo {
  readonly url: string;
  /** What the endpoint said in the end. */
  readonly page: MetricsPage;
  /** What the clients saw. */
  readonly load: SeenLoad;
  shutdown(): Promise<void>;
}

/** Trains a model on MNIST, serves it to clients who also err and hurry, serves its metrics meanwhile, and prints what its own endpoint says in the end. */
export async function runDemo(options: DemoOptions): Promise<Demo> {
  const { tf, description, workload, port = 'auto', load = LOAD, print, onListening } = options;
  print(`Back end: ${description}.`);
  const metrics = await startMetrics({ serviceName: 'digits', port });
  const url = metrics.url ?? '';
  print(`Metrics:  ${url}${port === 'auto' && new URL(url).port !== DEFAULT_PORT ? ` (port ${DEFAULT_PORT} is taken)` : ''}`);
  await onListening?.(url);
  const readPage = async () => new MetricsPage(await (await fetch(url)).text());

  const model = await trainDigits({ tf, workload, print });
  print(`What ${url} says of training:\n${trainingReport(await readPage())}`);

  const served = await serveDigits(tf, model);
  print(`Serving ${served.url} to ${load.clients} clients, ${load.requests} requests:`);
  const result = await loadFromOutside({ ...load, url: served.url, metricsUrl: url });
  await served.close();
  model.dispose();

  const page = await readPage();
  print(`What ${url} says of serving:\n${servingReport(page, result)}`);
  print(`What the clients say: ${((100 * result.right) / result.images).toFixed(1)} % of ${result.images} images were read rightly.`);
  return { url, page, load: result, shutdown: () => metrics.shutdown() };
}

/** Clients with an event loop of their own, so that they ask and leave while the server computes. */
async function loadFromOutside(workerData: LoadWork): Promise<SeenLoad> {
  const worker = new Worker(new URL('./load-worker.ts', import.meta.url), { workerData });
  const [result] = (await once(worker, 'message')) as [SeenLoad];
  return result;
}
