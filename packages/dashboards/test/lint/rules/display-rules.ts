import { option, type Panel } from '../dashboard-json.ts';
import { parse, selectorsOf } from '../promql.ts';
import { resultLabels } from '../result-labels.ts';
import { type DashboardSubject, isLoki, type PanelSubject, type TargetSubject } from '../subjects.ts';
import { METRIC_UNITS, UNITS_FROM_ZERO } from '../units.ts';

const BUILT_IN_SOURCES = ['-- Grafana --', '-- Mixed --', '-- Dashboard --'];

/** A uid is that of one Grafana; elsewhere nothing is found. */
export function dataSourcesAreVariables({ dashboard }: DashboardSubject): string | undefined {
  const bad = dataSourcesIn(dashboard).find((source) => {
    const uid = typeof source === 'object' && source !== null ? (source as { uid?: unknown }).uid : source;
    return uid !== '${datasource}' && !BUILT_IN_SOURCES.includes(String(uid));
  });
  return bad === undefined ? undefined : `it names the data source ${JSON.stringify(bad)}`;
}

function dataSourcesIn(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => (key === 'datasource' ? [inner] : dataSourcesIn(inner)));
}

export function refIdsAreUnique({ panel: { targets = [] } }: PanelSubject): string | undefined {
  const ids = targets.map(({ refId }) => refId);
  return ids.every((id, i) => /^[A-Z]+$/.test(id ?? '') && ids.indexOf(id) === i) ? undefined : 'a query has no refId, or one of another';
}

/** Otherwise a big red nothing. */
export function singleValueSaysWhenThereIsNone({ panel: { type, fieldConfig } }: PanelSubject): string | undefined {
  return !['stat', 'gauge', 'bargauge'].includes(type ?? '') || fieldConfig?.defaults?.noValue
    ? undefined
    : 'it does not say what no value means';
}

export function legendIsShown({ panel, catalogue }: PanelSubject): string | undefined {
  if (panel.type !== 'timeseries' || option(panel, 'legend')?.['showLegend'] === true) return undefined;
  const targets = panel.targets ?? [];
  const hasSeveral = targets.length > 1 || targets.some(({ expr = '' }) => resultLabels(parse(expr), catalogue)?.size !== 0);
  return hasSeveral ? 'it may have several curves and shows no legend' : undefined;
}

export function axisBeginsAtZero({ panel }: PanelSubject): string | undefined {
  const { unit = '', min } = panel.fieldConfig?.defaults ?? {};
  const mayBeBelow = panel.type !== 'timeseries' || !UNITS_FROM_ZERO.has(unit) || isLogarithmic(panel);
  return mayBeBelow || min === 0 ? undefined : `its axis in ${unit} need not begin at 0`;
}

function isLogarithmic({ fieldConfig }: Panel): boolean {
  const { custom } = (fieldConfig?.defaults ?? {}) as { custom?: { scaleDistribution?: { type?: string } } };
  return custom?.scaleDistribution?.type === 'log';
}

/** Without bounds the needle's place means nothing. */
export function gaugeHasBounds({ panel: { type, fieldConfig } }: PanelSubject): string | undefined {
  if (type !== 'gauge' || (fieldConfig?.defaults?.min !== undefined && fieldConfig.defaults.max !== undefined)) return undefined;
  return 'it is a gauge without a minimum and a maximum';
}

/** A single value and a table are of now, not of all points of the range; a curve is of all of them. */
export function targetAsksOnceOrOften({ panel, target }: TargetSubject): string | undefined {
  const { instant = false } = target;
  if (isLoki(target)) return undefined;
  if (['table', 'piechart', 'barchart', 'bargauge'].includes(panel.type ?? ''))
    return instant ? undefined : 'it asks for curves where a value is shown';
  return instant && ['timeseries', 'heatmap', 'state-timeline', 'status-history'].includes(panel.type ?? '')
    ? 'it asks for one value where curves are shown'
    : undefined;
}

/** The panel shows the buckets, and must neither count nor add them up anew. */
export function heatmapShowsBuckets({ panel }: PanelSubject): string | undefined {
  if (panel.type !== 'heatmap') return undefined;
  const bad = (panel.targets ?? []).find(({ format, legendFormat }) => format !== 'heatmap' || legendFormat !== '{{le}}');
  return bad || panel.options?.['calculate'] !== false ? 'it does not show the buckets as they are' : undefined;
}

/** A stat or gauge of several series, such as one for each run, shows several numbers: which is whose? */
export function severalValuesAreNamed({ panel, catalogue }: PanelSubject): string | undefined {
  if (!['stat', 'gauge'].includes(panel.type ?? '') || !['value', 'none'].includes(String(panel.options?.['textMode']))) return undefined;
  const several = (panel.targets ?? []).find(({ expr = '' }) => (resultLabels(parse(expr), catalogue)?.size ?? 0) > 0);
  return several || (panel.targets ?? []).length > 1 ? 'it may show several values, without their names' : undefined;
}

/** Bytes are shown of metrics in bytes, seconds of metrics in seconds, or of a quantity over its slope. */
export function unitsAreOfMetrics({ panel, catalogue }: PanelSubject): string | undefined {
  const read = (panel.targets ?? []).flatMap(({ expr = '' }) =>
    selectorsOf(parse(expr)).map(({ metric }) => catalogue.get(metric)?.definition.unit),
  );
  const overriding = (panel.fieldConfig?.overrides ?? []).flatMap(({ properties = [] }) => properties.filter(({ id }) => id === 'unit'));
  const shown = [panel.fieldConfig?.defaults?.unit, option(panel, 'yAxis')?.['unit'], ...overriding.map(({ value }) => value)].map(String);
  if (shown.includes('s') && (panel.targets ?? []).some(({ expr = '' }) => expr.includes('deriv('))) return undefined;
  const wrong = shown.find((unit) => METRIC_UNITS[unit]?.every((one) => !read.includes(one)));
  return wrong === undefined ? undefined : `it shows ${wrong}, but reads metrics in ${[...new Set(read)].join(', ')}`;
}
