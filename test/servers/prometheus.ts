import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.ts';
import { startServerProcess } from './server-process.ts';

/** One series of an instant query's answer. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A running Prometheus that scrapes one target. */
export interface Prometheus {
  readonly url: string;
  /** Instant query, now. */
  query(expression: string): Promise<Sample[]>;
  /** Resolves when a scrape that began after this call has been stored; rejects when it failed or none came. */
  scraped(): Promise<void>;
  stop(): Promise<void>;
}

export interface PrometheusOptions {
  /** Where the metrics are, such as `http://127.0.0.1:9464/metrics`. */
  readonly target: string;
  /** @default 0.25 */
  readonly scrapeIntervalSeconds?: number;
}

/**
 * Starts the installed Prometheus on 127.0.0.1 with a free port and a temporary folder; resolves when it is ready.
 * It takes up its target only five seconds later: give a test 30 s.
 */
export async function startPrometheus({ target, scrapeIntervalSeconds = 0.25 }: PrometheusOptions): Promise<Prometheus> {
  const folder = await mkdtemp(join(tmpdir(), 'modelmeter-prometheus-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  await writeFile(join(folder, 'prometheus.yml'), configuration(target, scrapeIntervalSeconds));
  const server = startServerProcess('prometheus', [
    `--config.file=${join(folder, 'prometheus.yml')}`,
    `--storage.tsdb.path=${join(folder, 'data')}`,
    `--web.listen-address=127.0.0.1:${port}`,
  ]);

  async function stop(): Promise<void> {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
  async function query(expression: string): Promise<Sample[]> {
    const response = await fetch(`${url}/api/v1/query?${new URLSearchParams({ query: expression })}`);
    const answer = (await response.json()) as QueryAnswer;
    if (answer.status !== 'success') throw new Error(`Prometheus refuses ${expression}: ${answer.error}`);
    return answer.data.result.map(({ metric, value }) => ({ labels: metric, value: Number(value[1].replace('Inf', 'Infinity')) }));
  }
  async function scraped(): Promise<void> {
    const since = Date.now() / 1000;
    await eventually(async () => {
      const [last] = await query('timestamp(up{job="target"})');
      return last !== undefined && last.value > since;
    }, `a scrape of ${target}`);
    if ((await query('up{job="target"} == 1')).length === 0) throw new Error(`Prometheus can't scrape ${target}:\n${server.log()}`);
  }

  async function isReady(): Promise<boolean> {
    if (server.hasEnded()) throw new Error('Prometheus ended');
    const response = await fetch(`${url}/-/ready`).catch(() => undefined);
    return response?.ok === true;
  }

  try {
    await eventually(isReady, 'Prometheus to be ready');
  } catch (error) {
    await stop();
    throw new Error(`Prometheus did not start:\n${server.log()}`, { cause: error });
  }
  return { url, query, scraped, stop };
}

type QueryAnswer =
  | { status: 'success'; data: { result: { metric: Record<string, string>; value: [number, string] }[] } }
  | { status: 'error'; error: string };

function configuration(target: string, scrapeIntervalSeconds: number): string {
  const { protocol, host, pathname } = new URL(target);
  return JSON.stringify({
    global: { scrape_interval: `${scrapeIntervalSeconds * 1000}ms`, scrape_timeout: `${scrapeIntervalSeconds * 1000}ms` },
    scrape_configs: [{ job_name: 'target', scheme: protocol.slice(0, -1), metrics_path: pathname, static_configs: [{ targets: [host] }] }],
  });
}

async function eventually(condition: () => Promise<boolean>, what: string): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`waited 20 s for ${what}`);
    await sleep(50);
  }
}
