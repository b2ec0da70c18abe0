import type { DashboardJson } from './grafana-json.ts';

// Enums stand as their literals, and nothing else does.
const tooltip: DashboardJson['graphTooltip'] = 1;
// @ts-expect-error There is no third.
const unknownTooltip: DashboardJson['graphTooltip'] = 3;

type TimeSeries = Extract<DashboardJson['panels'][number], { readonly type: 'timeseries' }>;

const legend: TimeSeries['options']['legend'] = { displayMode: 'table', placement: 'bottom' };
// @ts-expect-error An enum's word is spelt as Grafana spells it.
const unknownLegend: TimeSeries['options']['legend'] = { displayMode: 'Table' };

void [tooltip, unknownTooltip, legend, unknownLegend];
