import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.ts';
import { startServerProcess } from './server-process.ts';

/** What node_exporter tells at one moment. */
export interface NodeExporterPage {
  /** The sum of the series of a metric that have all the given labels; undefined where there is none. */
  value(metric: string, labels?: Readonly<Record<string, string>>): number | undefined;
}

export interface NodeExporter {
  read(): Promise<NodeExporterPage>;
  stop(): Promise<void>;
}

/** Starts the installed node_exporter on 127.0.0.1 with a free port; resolves when it answers. */
export async function startNodeExporter(): Promise<NodeExporter> {
  const port = await freePort();
  const server = startServerProcess('prometheus-node-exporter', [`--web.listen-address=127.0.0.1:${port}`]);
  const fetchPage = async () => (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  for (const deadline = Date.now() + 10_000; ; await sleep(50)) {
    const page = await fetchPage().catch(() => undefined);
    if (page !== undefined) break;
    if (Date.now() < deadline && !server.hasEnded()) continue;
    await server.stop();
    throw new Error(`node_exporter did not start:\n${server.log()}`);
  }
  return { read: async () => parsePage(await fetchPage()), stop: () => server.stop() };
}

function parsePage(text: string): NodeExporterPage {
  const samples = [...text.matchAll(/^(\w+)(?:\{(.*)\})? (\S+)$/gm)].map(([, metric, labels = '', value]) => ({
    metric,
    labels: Object.fromEntries([...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, name = '', label]) => [name, label])),
    value: Number(value),
  }));
  return {
    value(metric, labels = {}) {
      const found = samples.filter(
        (one) => one.metric === metric && Object.entries(labels).every(([name, label]) => one.labels[name] === label),
      );
      return found.length > 0 ? found.reduce((sum, { value }) => sum + value, 0) : undefined;
    },
  };
}
