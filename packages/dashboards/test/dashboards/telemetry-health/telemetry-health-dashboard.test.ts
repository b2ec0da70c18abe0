import { attributes } from '@modelmeter/core';
import { expect, test } from 'vitest';
import { telemetryHealthDashboard } from '../../../src/dashboards/telemetry-health/telemetry-health-dashboard.ts';
import { contentPanels, type Dashboard, type Panel, topLevel } from '../../lint/dashboard-json.ts';

const dashboard = JSON.parse(JSON.stringify(telemetryHealthDashboard())) as Dashboard;
const panels = contentPanels(dashboard);
const queriesOf = ({ targets = [] }: Panel) => targets.map(({ expr = '' }) => expr);
const contentOf = (title: string) => String(panels.find((panel) => panel.title === title)?.options?.['content']);

const OF_SCRAPES = /\b(up|scrape_\w+)\{/;

test('the list of what to look at comes before everything that may be empty itself', () => {
  const order = topLevel(dashboard).filter(({ type }) => type === 'row' || type === 'text');
  expect(order.slice(0, 2).map(({ title }) => title)).toEqual(['When panels are empty', 'What to look at']);
});

test('what only scrapes have is in a row that says so, but for one number', () => {
  const before = topLevel(dashboard).findIndex(({ title = '' }) => title.startsWith('Scrapes (there are none'));
  expect(before).toBeGreaterThan(0);
  const elsewhere = topLevel(dashboard)
    .slice(0, before)
    .filter((panel) => queriesOf(panel).some((query) => OF_SCRAPES.test(query)));
  expect(elsewhere.map(({ title }) => title)).toEqual(['Targets down']);
});

test('of what Prometheus has for every target, only jobs are shown that report modelmeter', () => {
  const ofScrapes = panels.flatMap(queriesOf).filter((query) => OF_SCRAPES.test(query));
  expect(ofScrapes.length).toBeGreaterThan(5);
  expect(ofScrapes.filter((query) => !query.includes('and on (job) max by (job) (last_over_time(modelmeter_series{'))).toEqual([]);
});

test('every reason of a drop is explained, and counted at the top once', () => {
  const { values } = attributes.dropReason;
  const atTop = panels.flatMap(queriesOf).flatMap((query) => /reason=~"([^"]+)"/.exec(query)?.[1]?.split('|') ?? []);
  expect([...new Set(atTop)].toSorted()).toEqual([...values].toSorted());
  expect(values.filter((reason) => !contentOf('What the reasons mean').includes(`\`${reason}\``))).toEqual([]);
  const top = ['Values kept out', 'Series and values folded'].map((title) =>
    queriesOf(panels.find((panel) => panel.title === title) ?? {}),
  );
  const counted = top.flat().map((query) => /reason=~"([^"]+)"/.exec(query)?.[1]?.split('|') ?? []);
  expect(counted.flat().toSorted()).toEqual([...values].toSorted());
});
