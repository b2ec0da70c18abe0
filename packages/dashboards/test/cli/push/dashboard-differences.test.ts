import { expect, test } from 'vitest';
import { type Dashboard, dashboardDifferences } from '../../../src/cli/push/dashboard-differences.ts';
import { fakeContent } from '../fake-content.ts';

const [file] = fakeContent().dashboards();

interface Edited {
  [key: string]: unknown;
  title: string;
  templating: { list: Record<string, unknown>[] };
  panels: { id: number; title: string; type?: string; targets?: unknown; panels?: unknown[] }[];
}

/** What differs after a change of what Grafana has. */
function after(change: (dashboard: Edited) => void): string[] {
  const present = JSON.parse(file?.json ?? '') as Edited;
  change(present);
  return dashboardDifferences(present, JSON.parse(file?.json ?? '') as Dashboard);
}

test('id, version and the order of keys make no difference', () => {
  expect(after((dashboard) => Object.assign(dashboard, { id: 5, version: 9 }))).toEqual([]);
  expect(
    after((dashboard) => {
      const { title, ...rest } = dashboard;
      for (const key of Object.keys(dashboard)) delete dashboard[key];
      Object.assign(dashboard, rest, { title });
    }),
  ).toEqual([]);
});

test('a difference is named by its field, panel or variable', () => {
  expect(after((dashboard) => (dashboard.title = 'Mine'))).toEqual(['title']);
  expect(after((dashboard) => (dashboard['refresh'] = '5s'))).toEqual(['refresh']);
  expect(after(({ panels: [loss] }) => loss && Object.assign(loss, { targets: [], type: 'stat' }))).toEqual([
    'panel "Loss" (1): type, targets',
  ]);
  expect(after(({ templating }) => (templating.list = [{ name: 'job', multi: false }, { name: 'own' }]))).toEqual([
    'variable job: multi',
    'variable own: removed',
  ]);
  expect(after((dashboard) => (dashboard.panels = [{ id: 9, title: 'Own' }]))).toEqual([
    'panel "Loss" (1): new',
    'panel "More" (2): new',
    'panel "Runs" (3): new',
    'panel "Own" (9): removed',
  ]);
});

test('panels inside of a collapsed row count, and the order of panels as well', () => {
  expect(after(({ panels: [, row] }) => row && (row.panels = [{ id: 3, title: 'Runs', type: 'stat' }]))).toEqual([
    'panel "Runs" (3): type',
  ]);
  expect(after(({ panels }) => panels.reverse())).toEqual(['order of the panels']);
});
