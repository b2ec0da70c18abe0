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
export function stat(options: StatOptions): Panel {
  const { title, width = 4, height = 4, text = 'value', targets } = options;
  return {
    title,
    width,
    height,
    build: (scope) =>
      valuePanel('stat', { thresholds: ['text'], ...options }, scope, {
        color: 'thresholds',
        options: {
          reduceOptions: REDUCE,
          orientation: 'auto',
          colorMode: 'value',
          graphMode: targets.every(({ isInstant }) => isInstant) ? 'none' : 'area',
          justifyMode: 'auto',
          textMode: text,
          wideLayout: true,
        },
      }),
  };
}

/** A value between known limits. */
export function gaugePanel(options: SingleValueOptions & { readonly min: number; readonly max: number }): Panel {
  const { title, width = 4, height = 6 } = options;
  return {
    title,
    width,
    height,
    build: (scope) =>
      valuePanel('gauge', { thresholds: ['green'], ...options }, scope, {
        color: 'thresholds',
        options: { reduceOptions: REDUCE, orientation: 'auto', showThresholdLabels: false, showThresholdMarkers: true },
      }),
  };
}

/** Values side by side as bars: which is the largest. */
export function barGauge(options: SingleValueOptions): Panel {
  const { title, width = 8, height = 8 } = options;
  return {
    title,
    width,
    height,
    build: (scope) =>
      valuePanel('bargauge', { thresholds: ['green'], ...options }, scope, {
        color: 'thresholds',
        options: { reduceOptions: REDUCE, orientation: 'horizontal', displayMode: 'gradient', showUnfilled: true, valueMode: 'color' },
      }),
  };
}

/** Parts of a whole at one time. */
export function pieChart(options: SingleValueOptions): Panel {
  const { title, width = 8, height = 8 } = options;
  return {
    title,
    width,
    height,
    build: (scope) =>
      valuePanel('piechart', options, scope, {
        color: 'palette-classic-by-name',
        options: {
          reduceOptions: REDUCE,
          pieType: 'donut',
          displayLabels: ['percent'],
          legend: { showLegend: true, displayMode: 'table', placement: 'right', values: ['value', 'percent'], calcs: [] },
          tooltip: { mode: 'single', sort: 'none' },
        },
      }),
  };
}
