import { join } from 'node:path';
import { startLocalServer } from './local-server.ts';
import { QueryApi } from './query-api.ts';
import { scrapeConfigs, scraped } from './scraping.ts';

/** A running Prometheus. */
export interface Prometheus extends QueryApi {
  readonly url: string;
  /** Resolves when scrapes of all targets that began after this call have been stored; rejects when one failed or none came. */
  scraped(): Promise<void>;
  stop(): Promise<void>;
}

export interface PrometheusOptions {
  /** Where the metrics are, such as `http://127.0.0.1:9464/metrics`; the label `job` of all of them is `target`. */
  readonly target: string | readonly string[];
  /** @default 0.25 */
  readonly scrapeIntervalSeconds?: number;
  /** YAML of a file of rules, which are evaluated as often as targets are scraped where groups say nothing else. @default none */
  readonly rules?: string;
  /** Where alerts are sent, such as `http://127.0.0.1:9093`. @default none */
  readonly alertmanager?: string;
}

/**
 * Starts the installed Prometheus on 127.0.0.1 with a free port and a temporary folder; resolves when it is ready.
 * It takes up its targets only five seconds later: give a test 30 s.
 */
export async function startPrometheus({
  target,
  scrapeIntervalSeconds = 0.25,
  rules,
  alertmanager,
}: PrometheusOptions): Promise<Prometheus> {
  const targets = [target].flat();
  const interval = `${scrapeIntervalSeconds * 1000}ms`;
  const configuration = {
    global: { scrape_interval: interval, scrape_timeout: interval, evaluation_interval: interval },
    scrape_configs: scrapeConfigs(targets),
    ...(rules !== undefined && { rule_files: ['rules.yml'] }),
    ...(alertmanager !== undefined && { alerting: { alertmanagers: [{ static_configs: [{ targets: [new URL(alertmanager).host] }] }] } }),
  };
  const server = await startLocalServer({
    program: 'prometheus',
    readyPath: '/-/ready',
    files: { 'prometheus.yml': JSON.stringify(configuration), 'rules.yml': rules ?? '' },
    args: (folder, address) => [
      `--config.file=${join(folder, 'prometheus.yml')}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      `--web.listen-address=${address}`,
    ],
  });
  const api = new QueryApi('Prometheus', server.url);
  return Object.assign(api, { url: server.url, scraped: () => scraped('Prometheus', api, server, targets), stop: () => server.stop() });
}
