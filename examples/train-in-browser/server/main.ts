import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { bundlePage } from './bundle-page.ts';
import { startMetricsReceiver } from './metrics-receiver.ts';
import { pushSummary } from './push-summary.ts';
import { servePage } from './serve-page.ts';

const PAGE_PORT = 8080;

const { values } = parseArgs({ options: { port: { type: 'string', default: String(PAGE_PORT) }, otlp: { type: 'string' } } });

/** The URL of a Collector that was given, or of a receiver of our own that prints what it gets. */
async function otlpUrl(): Promise<string> {
  if (values.otlp !== undefined) return values.otlp;
  const { url } = await startMetricsReceiver(0, ({ method, origin, body }) => {
    const time = new Date().toISOString().slice(11, 19);
    console.log(`${time}  ${method === 'POST' ? pushSummary(body) : `${method} from ${origin ?? 'nowhere'}`}`);
  });
  return url;
}

const url = await otlpUrl();
const script = await bundlePage(new URL('../src/page.ts', import.meta.url), { OTLP_URL: url });
const html = await readFile(new URL('../index.html', import.meta.url), 'utf8');
const page = await servePage({ html, script, port: Number(values.port) });
console.log(`Open ${page.url} in a browser; it pushes to ${url}. Ctrl-C ends this.`);
