import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { allDefinitions, prometheusName } from '@modelmeter/core';
import { expect, test } from 'vitest';
import { foreignMetrics } from '../../src/foreign-metrics.ts';
import { alerts, dashboardFiles, defaultThresholds } from '../../src/index.ts';
import { ruleGroups } from '../../src/rules/all.ts';
import { metricNames } from './promql-tree.ts';

const folder = join(import.meta.dirname, '../../../../docs/runbooks');
const names = [...new Set(alerts.map(({ name }) => name))];
const files = await readdir(folder);
const pages = new Map<string, string>();
for (const file of files.filter((name) => name.startsWith('ML')))
  pages.set(file.replace(/\.md$/, ''), await readFile(join(folder, file), 'utf8'));
const readme = await readFile(join(folder, 'README.md'), 'utf8');

test('every alert has a runbook, and every runbook an alert', () => {
  expect(files.sort()).toEqual([...names.map((name) => `${name}.md`), 'README.md'].sort());
});

test.each(names)('the runbook of %s says what, why, how to look, what to do, and when it is nothing', (name) => {
  const page = pages.get(name) ?? '';
  expect(page).toContain(`# ${name}\n`);
  expect(page.match(/^## .+$/gm)).toEqual([
    '## What it means',
    '## Why it matters',
    '## How to look',
    '## What to do',
    '## False alarms and thresholds',
  ]);
  expect(page.split('\n').length).toBeGreaterThan(25);
  expect(page.split('\n').length).toBeLessThanOrEqual(48);
  const [alert] = alerts.filter((one) => one.name === name);
  expect(page).toContain(alert?.summary);
});

test('runbooks lead to the panel of the alert, and to panels and dashboards that there are', () => {
  const dashboards = dashboardFiles();
  const byTitle = (title: string) => dashboards.find((one) => one.title === title)?.json;
  for (const { name, seenAt } of alerts) {
    const page = pages.get(name) ?? '';
    const [title = '', panel = ''] = seenAt.split(/, panel /);
    expect(page, name).toContain(`Dashboard *${title}*`);
    expect(page, name).toContain(panel);
  }
  for (const [name, page] of pages) {
    const line = /^Dashboard \*(.+?)\*(.+?)[.:](?: |$)/m.exec(page);
    expect(line, name).not.toBeNull();
    const shown = byTitle(line?.[1] ?? '') ?? '';
    for (const [, panel] of (line?.[2] ?? '').matchAll(/"(.+?)"/g)) expect(shown, `${name}: ${panel}`).toContain(`"title": "${panel}`);
  }
});

test('the formulas in runbooks are PromQL about metrics that there are', () => {
  const recorded = ruleGroups(defaultThresholds).flatMap(({ recordings = [] }) => recordings.map(({ record }) => record));
  const known = [...Object.values(allDefinitions).flat(), ...foreignMetrics].map(prometheusName);
  const isKnown = (name: string) => [...known, ...recorded].includes(name.replace(/_(bucket|sum|count)$/, '')) || known.includes(name);
  for (const [name, page] of pages) {
    const formulas = [...page.matchAll(/```promql\n(.*?)```/gs)].map(([, formula = '']) => formula);
    expect(formulas.length, name).toBeGreaterThan(0);
    for (const formula of formulas)
      expect(
        metricNames(formula).filter((metric) => !isKnown(metric)),
        name,
      ).toEqual([]);
  }
});

test('every threshold is explained in a runbook', () => {
  const all = [...pages.values()].join('\n');
  for (const threshold of Object.keys(defaultThresholds)) expect(all).toContain(`\`${threshold}\``);
});

test('links between runbooks lead to one', () => {
  for (const page of [...pages.values(), readme]) {
    for (const [, target = ''] of page.matchAll(/\]\((ML\w+)\.md\)/g)) expect(names).toContain(target);
  }
});

test('the list of runbooks is that of the alerts', () => {
  const rows = names.map((name) => {
    const same = alerts.filter((alert) => alert.name === name);
    return `| [${name}](${name}.md) | ${same.map(({ severity }) => severity).join(', ')} | ${same[0]?.summary} |`;
  });
  expect(readme).toContain(rows.join('\n'));
});
