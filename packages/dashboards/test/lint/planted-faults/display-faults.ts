import type { Dashboard } from '../dashboard-json.ts';
import { annotation, defaults, options, panel, target, variable } from '../edits.ts';

const organize = (change: object) => panel(7, { transformations: [{ id: 'organize', options: change }] });
const override = (name: string) =>
  panel(7, { fieldConfig: { defaults: { unit: 'short' }, overrides: [{ matcher: { id: 'byName', options: name } }] } });

export const displayFaults: Readonly<Record<string, readonly Dashboard[]>> = {
  dataSourcesAreVariables: [
    panel(3, { datasource: { type: 'prometheus', uid: 'P1' } }),
    target(7, { datasource: { uid: '${prometheus}' } }),
    variable('job', { datasource: 'Prometheus' }),
    annotation({ datasource: { type: 'prometheus' } }),
  ],
  refIdsAreUnique: [
    target(3, { refId: undefined }),
    target(7, { refId: 'a b' }),
    panel(3, ({ targets = [] }) => ({ targets: [...targets, ...targets] })),
  ],
  singleValueSaysWhenThereIsNone: [defaults(6, { noValue: undefined }), panel(3, { type: 'stat' }), panel(3, { type: 'bargauge' })],
  legendIsShown: [options(3, { legend: { showLegend: false } }), options(3, { legend: undefined })],
  axisBeginsAtZero: [defaults(3, { min: undefined }), defaults(3, { min: 1 }), defaults(3, { min: undefined, unit: 'bytes' })],
  gaugeHasBounds: [defaults(6, { min: undefined }), defaults(6, { max: undefined })],
  severalValuesAreNamed: [options(6, { textMode: 'value' }), panel(3, { type: 'stat', options: { textMode: 'none' } })],
  unitsAreOfMetrics: [
    defaults(3, { unit: 'bytes' }),
    defaults(6, { unit: 'celsius' }),
    options(4, { yAxis: { unit: 'bytes' } }),
    defaults(7, { unit: 'watt' }),
  ],
  targetAsksOnceOrOften: [
    target(7, { instant: false }),
    target(3, { instant: true }),
    target(4, { instant: true }),
    panel(3, { type: 'piechart' }),
  ],
  heatmapShowsBuckets: [options(4, { calculate: true }), target(4, { format: 'time_series' }), target(4, { legendFormat: '__auto' })],
  tableAsksForTables: [target(7, { format: undefined }), target(7, { format: 'time_series' })],
  organizedColumnsExist: [
    organize({ renameByName: { ml_run_id: 'Run' } }),
    organize({ excludeByName: { instance: true } }),
    organize({ indexByName: { 'Value #A': 1 } }),
  ],
  namedColumnsExist: [
    override('Value'),
    override('ml_model_name'),
    options(7, { sortBy: [{ displayName: 'Run' }] }),
    options(7, { xField: 'instance' }),
  ],
};
