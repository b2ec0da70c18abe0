import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { allDefinitions } from '@modelmeter/core';
import { dashboardFiles, grafanaContactPoints, grafanaNotificationPolicy, grafanaRules, prometheusRules } from '@modelmeter/dashboards';
import { goldenMetrics } from './golden-metrics.ts';
import { metricsPage } from './metrics-page.ts';

/** The files that are derived from the definitions, by path in the repository. */
const CONTENTS: Readonly<Record<string, () => string>> = {
  'docs/metrics.md': () => metricsPage(allDefinitions),
  'test/golden/metrics.json': () => goldenMetrics(Object.values(allDefinitions).flat()),
  ...Object.fromEntries(dashboardFiles().map(({ name, json }) => [`dashboards/prometheus/${name}.json`, () => json])),
  'dashboards/rules/modelmeter.rules.yaml': () => prometheusRules(),
  'dashboards/grafana-alerting/rules.yaml': () => grafanaRules(),
  'dashboards/grafana-alerting/contact-points.yaml': () => grafanaContactPoints(),
  'dashboards/grafana-alerting/notification-policy.yaml': () => grafanaNotificationPolicy(),
};

/**
 * Writes the files that are stale.
 * @param root folder of the repository, with a slash at the end.
 * @returns their paths.
 */
export async function writeGeneratedFiles(root: URL): Promise<string[]> {
  const paths = await staleFiles(root);
  for (const path of paths) {
    const file = new URL(path, root);
    await mkdir(new URL('.', file), { recursive: true });
    await writeFile(file, CONTENTS[path]?.() ?? '');
  }
  return paths;
}

/** The paths of the files that are missing or differ from what would be written. */
export async function staleFiles(root: URL): Promise<string[]> {
  const stale: string[] = [];
  for (const [path, content] of Object.entries(CONTENTS)) {
    const present = await readFile(new URL(path, root), 'utf8').catch(() => undefined);
    if (present !== content()) stale.push(path);
  }
  return stale;
}
