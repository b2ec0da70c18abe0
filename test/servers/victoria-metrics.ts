import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from './eventually.ts';
import { startLocalServer } from './local-server.ts';
import { QueryApi } from './query-api.ts';
import { scrapeConfigs, scraped } from './scraping.ts';

/** A running VictoriaMetrics. */
export interface VictoriaMetrics extends QueryApi {
  readonly url: string;
  /** Resolves when scrapes of all targets that began after this call can be queried; rejects when one failed or none came. */
  scraped(): Promise<void>;
  stop(): Promise<void>;
}

export interface VictoriaMetricsOptions {
  /** As of `startPrometheus`. */
  readonly target: string | readonly string[];
  /** @default 1 */
  readonly scrapeIntervalSeconds?: number;
}

/** Starts the installed VictoriaMetrics on 127.0.0.1 with a free port and a temporary folder; resolves when it is ready. */
export async function startVictoriaMetrics({ target, scrapeIntervalSeconds = 1 }: VictoriaMetricsOptions): Promise<VictoriaMetrics> {
  const targets = [target].flat();
  const interval = `${scrapeIntervalSeconds * 1000}ms`;
  const configuration = { global: { scrape_interval: interval, scrape_timeout: interval }, scrape_configs: scrapeConfigs(targets) };
  const server = await startLocalServer({
    program: 'victoria-metrics',
    readyPath: '/health',
    files: { 'scrape.yml': JSON.stringify(configuration) },
    args: (folder, address) => [
      `-promscrape.config=${join(folder, 'scrape.yml')}`,
      `-storageDataPath=${join(folder, 'data')}`,
      `-httpListenAddr=${address}`,
      // By default the last 30 s are left out of answers.
      '-search.latencyOffset=1ms',
      '-memory.allowedBytes=128MiB',
      '-storage.minFreeDiskSpaceBytes=1MiB',
      '-loggerLevel=WARN',
    ],
  });
  const api = new QueryApi('VictoriaMetrics', server.url);
  let areFound: Promise<void> | undefined;
  return Object.assign(api, {
    url: server.url,
    async scraped() {
      await (areFound ??= firstFound(server.url, targets.length));
      await scraped('VictoriaMetrics', api, server, targets);
    },
    stop: () => server.stop(),
  });
}

const FOUND_AFTER_SECONDS = 2;

/** It takes a while until a new series is found, and for ten seconds it stands by it that a query found none: nobody may ask before. */
async function firstFound(url: string, targets: number): Promise<void> {
  await eventually(async () => {
    const response = await fetch(`${url}/api/v1/targets?state=active`);
    const { data } = (await response.json()) as { data: { activeTargets: readonly { lastScrapeDuration: number }[] } };
    return data.activeTargets.filter(({ lastScrapeDuration }) => lastScrapeDuration > 0).length === targets;
  }, 'VictoriaMetrics to scrape');
  await sleep(FOUND_AFTER_SECONDS * 1000);
}
