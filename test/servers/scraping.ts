import { eventually } from './eventually.ts';
import type { LocalServer } from './local-server.ts';
import type { QueryApi } from './query-api.ts';

/** `scrape_configs` of Prometheus, of one job called `target`. @param targets URLs of pages of metrics. */
export function scrapeConfigs(targets: readonly string[]): readonly object[] {
  const static_configs = targets.map((target) => {
    const { protocol, host, pathname } = new URL(target);
    return { targets: [host], labels: { __scheme__: protocol.slice(0, -1), __metrics_path__: pathname } };
  });
  return [{ job_name: 'target', static_configs }];
}

/** Resolves when scrapes of all targets that began after this call have been stored; rejects when one failed or none came. */
export async function scraped(store: string, api: QueryApi, server: LocalServer, targets: readonly string[]): Promise<void> {
  const since = Date.now() / 1000;
  await eventually(
    async () => {
      const last = await api.query('timestamp(up{job="target"})');
      return last.filter(({ value }) => value > since).length === targets.length;
    },
    `a scrape of ${targets.join(' and ')}`,
  );
  const failed = await api.query('up{job="target"} == 0');
  if (failed.length > 0)
    throw new Error(`${store} can't scrape ${failed.map(({ labels }) => labels['instance']).join(' and ')}:\n${server.log()}`);
}
