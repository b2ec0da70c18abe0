import { allDefinitions } from '@modelmeter/core';
import { dashboardFiles } from '@modelmeter/dashboards';
import { expect, test } from 'vitest';
import { foreignMetrics } from '../../src/foreign-metrics.ts';
import { catalogueOf } from './catalogue.ts';
import type { Dashboard } from './dashboard-json.ts';
import { exceptions } from './exceptions.ts';
import { lintDashboards } from './lint.ts';
import { checkTypes } from './types/check-types.ts';

const files = dashboardFiles();
const dashboards = files.map(({ json }) => JSON.parse(json) as Dashboard);

test('all five dashboards are there', () => {
  expect(files.map(({ name }) => name)).toEqual(['overview', 'training', 'inference', 'resources', 'telemetry-health']);
});

test('every dashboard keeps the rules', () => {
  const catalogue = catalogueOf([...Object.values(allDefinitions).flat(), ...foreignMetrics]);
  expect(lintDashboards(dashboards, catalogue, exceptions)).toEqual([]);
});

test('every dashboard is of the types that Grafana publishes', async () => {
  expect(await checkTypes(Object.fromEntries(files.map(({ name }, i) => [name, dashboards[i]])))).toEqual([]);
});
