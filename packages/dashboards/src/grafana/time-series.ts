import type * as grafana from '@grafana/schema';
import type { FieldOptions } from './field.ts';
import { type Panel, type PanelOptions, valuePanel } from './panel.ts';
import type { Json } from './schema.ts';
import type { Target } from './target.ts';

type Calculation = 'lastNotNull' | 'mean' | 'max' | 'min' | 'sum';

export interface TimeSeriesOptions extends PanelOptions, FieldOptions {
  readonly targets: readonly Target[];
  /** `lines`; `stack` for parts of a whole; `bars` for counts of events. @default 'lines' */
  readonly draw?: 'lines' | 'stack' | 'bars';
  /** @default 'linear' */
  readonly scale?: 'linear' | 'log';
  /** Statistics of each curve in the legend. @default lastNotNull, max */
  readonly legend?: readonly Calculation[];
  /** Draws the thresholds as lines: for objectives. @default false */
  readonly thresholdLines?: boolean;
}

/** Curves over time. */
export function timeSeries(options: TimeSeriesOptions): Panel {
  const {
    title,
    width = 8,
    height = 8,
    draw = 'lines',
    scale = 'linear',
    legend = ['lastNotNull', 'max'],
    thresholdLines = false,
  } = options;
  const custom = {
    drawStyle: draw === 'bars' ? 'bars' : 'line',
    lineInterpolation: 'linear',
    lineWidth: draw === 'bars' ? 0 : 1,
    fillOpacity: { lines: 8, stack: 60, bars: 70 }[draw],
    showPoints: 'auto',
    pointSize: 4,
    spanNulls: false,
    stacking: { mode: draw === 'lines' ? 'none' : 'normal', group: 'A' },
    scaleDistribution: scale === 'log' ? { type: 'log', log: 10 } : { type: 'linear' },
    axisSoftMin: 0,
    thresholdsStyle: { mode: thresholdLines ? 'line' : 'off' },
  } satisfies Json<grafana.GraphFieldConfig>;
  return {
    title,
    width,
    height,
    build: (scope) =>
      valuePanel('timeseries', options, scope, {
        color: 'palette-classic-by-name',
        custom: scale === 'log' ? { ...custom, axisSoftMin: undefined } : custom,
        options: {
          legend: { showLegend: true, displayMode: 'table', placement: 'bottom', calcs: [...legend] },
          tooltip: { mode: 'multi', sort: 'desc' },
        } satisfies Json<grafana.OptionsWithLegend & grafana.OptionsWithTooltip>,
      }),
  };
}
