import type { Metrics } from './metrics.ts';
import { PrometheusReader } from './prometheus/prometheus-reader.ts';
import { startPrometheusServer } from './prometheus/prometheus-server.ts';
import type { Settings } from './settings.ts';

type Page = Pick<Metrics, 'url' | 'handler' | 'text'>;

export interface OpenedPage {
  readonly page: Page;
  readonly reader?: PrometheusReader;
  readonly closeServer: () => Promise<void>;
}

/** The page that Prometheus reads, served as asked. */
export async function openPage({ exporters, registry, listen, host, port, path }: Settings): Promise<OpenedPage> {
  if (!exporters.has('prometheus')) return { page: absentPage('The exporters do not include prometheus.'), closeServer: async () => {} };
  const reader = new PrometheusReader({ registry });
  const page = { handler: reader.handler, text: () => reader.text() };
  if (!listen) return { page: { ...page, url: undefined }, reader, closeServer: async () => {} };
  try {
    const server = await startPrometheusServer({ reader, host, port, path });
    return { page: { ...page, url: server.url }, reader, closeServer: () => server.close() };
  } catch (error) {
    await reader.shutdown();
    throw error;
  }
}

/** Stands where no page is served. */
export function absentPage(reason: string): Page {
  return {
    url: undefined,
    text: async () => '',
    handler: (_request, response) => void response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end(`${reason}\n`),
  };
}
