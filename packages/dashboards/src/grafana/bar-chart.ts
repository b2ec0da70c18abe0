import { prometheusLabel } from '@modelmeter/core';
import { type FieldOptions, fieldJson } from './field.ts';
import { describe, type Panel, type PanelOptions } from './panel.ts';
import { DATA_SOURCE } from './schema.ts';
import type { Vector } from '../promql/vector.ts';
import { latest, targetJson } from './target.ts';

export interface BarChartOptions<L extends string> extends PanelOptions, FieldOptions {
  readonly query: Vector<L>;
  /** The label whose values are the bars: the only one that the query keeps. */
  readonly by: NoInfer<L>;
  /** What the values are called. */
  readonly name: string;
}

/** A bar for each value of a label, at the end of the time range, the longest first. */
export function barChart<L extends string>(options: BarChartOptions<L>): Panel {
  const { title, description, width = 8, height = 8, query, by, name, ...field } = options;
  const target = latest(query);
  const label = prometheusLabel(by);
  return {
    title,
    width,
    height,
    build: (scope) => ({
      type: 'barchart',
      title,
      description: describe(description, [target]),
      datasource: DATA_SOURCE,
      targets: [targetJson(target, 0, scope, 'table')],
      transformations: [
        {
          id: 'organize',
          options: { excludeByName: { Time: true }, indexByName: { [label]: 0, Value: 1 }, renameByName: { Value: name } },
        },
        { id: 'sortBy', options: { fields: {}, sort: [{ field: name, desc: true }] } },
      ],
      fieldConfig: {
        defaults: {
          ...fieldJson(field),
          color: { mode: field.thresholds ? 'thresholds' : 'palette-classic-by-name' },
          custom: { fillOpacity: 80, lineWidth: 0, axisSoftMin: 0 },
        },
        overrides: [],
      },
      options: {
        xField: label,
        orientation: 'horizontal',
        showValue: 'always',
        stacking: 'none',
        barWidth: 0.8,
        groupWidth: 0.8,
        fullHighlight: false,
        xTickLabelRotation: 0,
        xTickLabelMaxLength: 24,
        legend: { showLegend: false, displayMode: 'list', placement: 'bottom', calcs: [] },
        tooltip: { mode: 'single', sort: 'none' },
      },
    }),
  };
}
