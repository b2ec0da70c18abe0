import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { allDefinitions } from '@modelmeter/core';
import { expect, onTestFinished, test } from 'vitest';
import { staleFiles, writeGeneratedFiles } from '../scripts/generated-files.ts';
import { goldenMetrics } from '../scripts/golden-metrics.ts';
import { metricsPage } from '../scripts/metrics-page.ts';

const definitions = Object.values(allDefinitions).flat();

test('the generated files are what the definitions say', async () => {
  const stale = await staleFiles(new URL('..', import.meta.url));
  expect(stale, 'stale files: run `npx pnpm@12 generate` and commit what it writes').toEqual([]);
});

test('a file that is missing or was edited is stale, until it is written again', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'modelmeter-generated-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const root = pathToFileURL(`${folder}/`);
  const all = [
    'docs/metrics.md',
    'test/golden/metrics.json',
    ...['overview', 'training', 'inference', 'resources', 'telemetry-health'].map((name) => `dashboards/prometheus/${name}.json`),
    'dashboards/rules/modelmeter.rules.yaml',
    ...['rules', 'contact-points', 'notification-policy'].map((name) => `dashboards/grafana-alerting/${name}.yaml`),
  ];
  expect(await staleFiles(root)).toEqual(all);
  expect(await writeGeneratedFiles(root)).toEqual(all);
  expect(await staleFiles(root)).toEqual([]);
  await writeFile(new URL('test/golden/metrics.json', root), '[]\n');
  expect(await staleFiles(root)).toEqual(['test/golden/metrics.json']);
  expect(await writeGeneratedFiles(root)).toEqual(['test/golden/metrics.json']);
  expect(await staleFiles(root)).toEqual([]);
});

test('a change of any fact of a metric changes what is generated', () => {
  const [metric] = definitions.filter(({ bounds }) => bounds);
  if (!metric) throw new Error('there is no histogram');
  const changes = [
    { name: 'ml.x' },
    { instrument: 'counter' },
    { unit: 'By' },
    { attributes: [] },
    { bounds: [1] },
    { stability: 'stable' },
  ] as const;
  for (const change of changes) {
    const changed = definitions.map((one) => (one === metric ? { ...one, ...change } : one));
    expect(goldenMetrics(changed)).not.toBe(goldenMetrics(definitions));
    expect(metricsPage({ All: changed })).not.toBe(metricsPage({ All: definitions }));
  }
});

test('the golden list is JSON with a metric on each line', () => {
  const lines = goldenMetrics(definitions).trimEnd().split('\n').slice(1, -1);
  expect(lines).toHaveLength(definitions.length);
  for (const line of lines) expect(() => JSON.parse(line.replace(/,$/, ''))).not.toThrow();
  expect(JSON.parse(goldenMetrics(definitions))).toHaveLength(definitions.length);
});

test('the page names every metric and every attribute', () => {
  const page = metricsPage(allDefinitions);
  for (const { name, description, attributes, optionalAttributes = [] } of definitions) {
    expect(page).toContain(`| \`${name}\`<br>`);
    expect(page).toContain(description);
    for (const { key } of [...attributes, ...optionalAttributes]) expect(page).toContain(`| \`${key}\`<br>`);
  }
});
