import { setTimeout } from 'node:timers/promises';
import { startMetrics } from '@modelmeter/sdk';
import { type Asked, askClients } from './ask-clients.ts';
import { serveIris } from './serve-iris.ts';

const MEANWHILE_MILLISECONDS = 20;
const SHOWN_MEANWHILE = [/^ml_inference_(active_requests|queue_size)/];
const SHOWN = [
  /^ml_inference_(duration_seconds|stage_duration_seconds|batch_size)_(count|sum)/,
  /^ml_inference_(errors_total\{.*invalid_input|active_requests|queue_size)/,
  /^ml_model_(info|load_duration_seconds_sum|warmup_duration_seconds)/,
];

export interface ExampleOptions {
  readonly port?: number | 'auto';
  /** Where lines of text go. */
  readonly print: (line: string) => void;
}

export interface ExampleRun {
  /** The text of the endpoint in the end. */
  readonly page: string;
  readonly asked: Asked;
  shutdown(): Promise<void>;
}

/** Serves an ONNX model, has clients ask it, and prints what the endpoint says of that. */
export async function runExample({ port = 'auto', print }: ExampleOptions): Promise<ExampleRun> {
  const metrics = await startMetrics({ serviceName: 'serve-onnx', port });
  const url = metrics.url ?? '';
  print(`Metrics:  ${url}`);
  const served = await serveIris();
  print(`Serving ${served.url}, a flower a request, batches of up to 8.`);
  const readPage = async () => (await fetch(url)).text();
  const show = (page: string, shown: readonly RegExp[]) => {
    for (const line of page.split('\n')) if (shown.some((pattern) => pattern.test(line))) print(`  ${line}`);
  };
  const asking = askClients(served.url);
  await setTimeout(MEANWHILE_MILLISECONDS);
  print('What the endpoint says meanwhile:');
  show(await readPage(), SHOWN_MEANWHILE);
  const asked = await asking;
  const page = await readPage();
  await served.close();
  print(`${asked.requests} requests: ${asked.right} of ${asked.flowers} flowers answered rightly, ${asked.refused} requests refused.`);
  print('What the endpoint says in the end:');
  show(page, SHOWN);
  return { page, asked, shutdown: () => metrics.shutdown() };
}
