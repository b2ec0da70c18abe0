import { expect, test } from 'vitest';
import type { Dashboard } from '../dashboard-json.ts';
import { annotation, defaults, link, options, panel, target, top, variable } from '../edits.ts';
import { good, other } from '../good-dashboard.ts';
import { checkTypes } from './check-types.ts';

const overriding = (id: number, property: object) =>
  panel(id, ({ fieldConfig }) => ({
    fieldConfig: { ...fieldConfig, overrides: [{ matcher: { id: 'byName', options: 'Value' }, properties: [property] }] },
  }));

/** By what is wrong with it. */
const faults: Readonly<Record<string, Dashboard>> = {
  'field-of-wrong-type': top({ refresh: 30 }),
  'unknown-field': top({ refreshes: '30s' }),
  'missing-field': link({ tags: undefined, asDropdown: undefined }),
  'unknown-number-of-enum': top({ graphTooltip: 3 }),
  'unknown-word-of-enum': options(3, { legend: { showLegend: true, displayMode: 'chart' } }),
  'unknown-type-of-variable': variable('model', { type: 'queries' }),
  'variable-field-of-wrong-type': variable('model', { refresh: '2' }),
  'unknown-type-of-panel': panel(3, { type: 'graph' }),
  'panel-field-of-wrong-type': panel(3, { title: 3 }),
  'panel-field-in-collapsed-row-of-wrong-type': panel(7, { gridPos: { x: '0', y: 0, w: 1, h: 1 } }),
  'unknown-panel-option': options(3, { legends: {} }),
  'option-of-another-panel': options(7, { calculate: false }),
  'unknown-custom-field': defaults(3, { custom: { lineWith: 1 } }),
  'custom-field-of-wrong-type': defaults(3, { custom: { lineWidth: '1' } }),
  'unknown-word-in-custom-field': defaults(3, { custom: { drawStyle: 'lines' } }),
  'custom-field-where-there-is-none': defaults(6, { custom: { lineWidth: 1 } }),
  'unknown-colour-mode': defaults(3, { color: { mode: 'palette' } }),
  'unknown-kind-of-mapping': defaults(6, { mappings: [{ type: 'values', options: {} }] }),
  'threshold-of-wrong-type': defaults(6, { thresholds: { mode: 'absolute', steps: [{ value: '1', color: 'red' }] } }),
  'unknown-overridden-property': overriding(7, { id: 'units', value: 's' }),
  'overridden-property-of-wrong-type': overriding(7, { id: 'decimals', value: '1' }),
  'unknown-overridden-custom-property': overriding(7, { id: 'custom.wide', value: 100 }),
  'overridden-custom-property-of-wrong-type': overriding(7, { id: 'custom.width', value: '100' }),
  'overridden-custom-property-of-another-panel': overriding(7, { id: 'custom.lineWidth', value: 1 }),
  'data-link-without-title': defaults(3, { links: [{ url: '/' }] }),
  'unknown-format-of-query': target(3, { format: 'timeseries' }),
  'unknown-field-of-query': target(3, { legend: 'a' }),
  'unknown-field-of-annotation': annotation({ titel: 'a' } as object),
};

test('good dashboards are of the published types, and every fault is found', async () => {
  const problems = await checkTypes({ good, other, ...faults });
  const found = new Set(problems.map((problem) => problem.slice(0, problem.indexOf('.ts('))));
  expect([...found].sort()).toEqual(Object.keys(faults).sort());
});

test('a problem is told with its line', async () => {
  expect(await checkTypes({ fault: top({ refresh: 30 }) })).toEqual([
    expect.stringMatching(
      /^fault\.ts\(\d+,\d+\): error TS2322: Type 'number' is not assignable to type 'string'\.\n {2}at: "refresh": 30,$/,
    ),
  ]);
});
