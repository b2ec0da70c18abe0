import { parseArgs } from 'node:util';
import { prometheusRules } from '@modelmeter/dashboards';
import { loadBackend } from './load-backend.ts';
import { runDemo } from './run-demo.ts';
import { startPrometheus } from './start-prometheus.ts';

const { values } = parseArgs({ options: { keep: { type: 'boolean', default: false }, prometheus: { type: 'boolean', default: false } } });
let stayUp = values.keep;
const demo = await runDemo({
  ...(await loadBackend()),
  print: (line) => console.log(line),
  onListening: values.prometheus ? scrape : undefined,
});
if (stayUp) {
  console.log(`Still serving ${demo.url}; Ctrl-C ends it.`);
  // A timer keeps the program alive; the endpoint alone does not.
  setInterval(() => {}, 60_000);
} else {
  await demo.shutdown();
}

async function scrape(metricsUrl: string): Promise<void> {
  try {
    const { url, graphUrl } = await startPrometheus({ metricsUrl, rules: prometheusRules() });
    console.log(`Prometheus: ${url}, alerts: ${url}/alerts, loss:\n  ${graphUrl}`);
    stayUp = true;
  } catch (error) {
    console.log(`Prometheus: ${(error as Error).message}`);
  }
}
