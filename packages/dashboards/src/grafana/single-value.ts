import type * as grafana from '@grafana/schema';
import type { FieldOptions } from './field.ts';
import { type Panel, type PanelOptions, valuePanel } from './panel.ts';
import type { Json } from './schema.ts';
import type { Target } from './target.ts';

export interface SingleValueOptions extends PanelOptions, FieldOptions {
  readonly targets: readonly Target[];
}

const REDUCE = { values: false, calcs: ['lastNotNull'], fields: '' } satisfies Json<grafana.ReduceDataOptions>;

export interface StatOptions extends SingleValueOptions {
  /** What is large: the value, or the value with the series' name. @default 'value' */
  readonly text?: 'value' | 'value_and_name' | 'name';
}

/** Numbers that are read from afar. */
export function stat({ text = 'value', ...options }: StatOptions): Panel {
  return singleValue('stat', { width: 4, height: 4, thresholds: ['text'], ...options }, 'thresholds', {
    orientation: 'auto',
    colorMode: 'value',
    graphMode: options.targets.every(({ isInstant }) => isInstant) ? 'none' : 'area',
    justifyMode: 'auto',
    textMode: text,
    wideLayout: true,
  });
}

/** A value between known limits. */
export function gaugePanel(options: SingleValueOptions & { readonly min: number; readonly max: number }): Panel {
  return singleValue('gauge', { width: 4, height: 6, thresholds: ['green'], ...options }, 'thresholds', {
    orientation: 'auto',
    showThresholdLabels: false,
    showThresholdMarkers: true,
  });
}

/** Values side by side as bars: which is the largest. */
export function barGauge(options: SingleValueOptions): Panel {
  return singleValue('bargauge', { width: 8, height: 8, thresholds: ['green'], ...options }, 'thresholds', {
    orientation: 'horizontal',
    displayMode: 'gradient',
    showUnfilled: true,
    valueMode: 'color',
  });
}

/** Parts of a whole at one time. */
export function pieChart(options: SingleValueOptions): Panel {
  return singleValue('piechart', { width: 8, height: 8, ...options }, 'palette-classic-by-name', {
    pieType: 'donut',
    displayLabels: ['percent'],
    legend: { showLegend: true, displayMode: 'table', placement: 'right', values: ['value', 'percent'], calcs: [] },
    tooltip: { mode: 'single', sort: 'none' },
  });
}

function singleValue(
  type: string,
  options: SingleValueOptions & { readonly width: number; readonly height: number },
  color: 'thresholds' | 'palette-classic-by-name',
  look: object,
): Panel {
  const { title, width, height } = options;
  return {
    title,
    width,
    height,
    build: (scope) => valuePanel(type, options, scope, { color, options: { reduceOptions: REDUCE, ...look } }),
  };
}
