import type { Vector } from '../promql/vector.ts';
import { type FieldOptions, fieldJson } from './field.ts';
import { describe, type Panel, type PanelOptions } from './panel.ts';
import { DATA_SOURCE } from './schema.ts';
import { latest, targetJson } from './target.ts';

export interface HeatMapOptions extends PanelOptions, Pick<FieldOptions, 'unit' | 'noValue'> {
  /** Rates of a histogram's buckets, by `le` alone. */
  readonly buckets: Vector<'le'>;
}

/** How the values of a histogram are spread, over time. */
export function heatMap({ title, description, width = 12, height = 8, buckets, ...field }: HeatMapOptions): Panel {
  const target = { ...latest(buckets), legend: '{{le}}', isInstant: false };
  return {
    title,
    width,
    height,
    build: (scope) => ({
      type: 'heatmap',
      title,
      description: describe(description, [target]),
      datasource: DATA_SOURCE,
      targets: [targetJson(target, 0, scope, 'heatmap')],
      // The cells are rates; the unit of what is measured belongs to the axis.
      fieldConfig: {
        defaults: { ...fieldJson({ ...field, unit: 'ops' }), custom: { scaleDistribution: { type: 'linear' } } },
        overrides: [],
      },
      options: {
        calculate: false,
        cellGap: 1,
        cellValues: { unit: 'ops' },
        color: { mode: 'scheme', scheme: 'Blues', scale: 'exponential', exponent: 0.5, steps: 64, reverse: false, fill: 'dark-blue' },
        exemplars: { color: 'rgba(255,0,255,0.7)' },
        filterValues: { le: 1e-9 },
        legend: { show: true },
        rowsFrame: { layout: 'auto' },
        showValue: 'never',
        tooltip: { mode: 'single', showColorScale: false, yHistogram: true },
        yAxis: { axisPlacement: 'left', unit: field.unit, reverse: false },
      },
    }),
  };
}
