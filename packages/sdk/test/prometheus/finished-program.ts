// Serves metrics, tells where, waits for a scrape and has no more to do; with the argument `close` it closes the server first.
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { Registry } from '@modelmeter/core';
import { PrometheusReader } from '../../src/prometheus/prometheus-reader.ts';
import { startPrometheusServer } from '../../src/prometheus/prometheus-server.ts';

const registry = new Registry();
const reader = new PrometheusReader({ registry });
const provider = new MeterProvider({ readers: [reader] });
const server = await startPrometheusServer({ reader, port: 0, host: '127.0.0.1' });
process.stdout.write(`${server.url}\n`);

await new Promise<void>((resolve) => {
  const work = setInterval(() => {}, 1000);
  registry.onCollect('scrape', () => {
    clearInterval(work);
    resolve();
  });
});
if (process.argv.includes('close')) {
  await provider.shutdown();
  await server.close();
  process.stdout.write('closed\n');
}
