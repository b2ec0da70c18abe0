import type { FieldOptions } from './field.ts';
import { type Panel, type PanelOptions, valuePanel } from './panel.ts';
import type { Target } from './target.ts';

/** Which state each series was in, over time; the texts of the field say which value is which state. */
export function stateTimeline(options: PanelOptions & FieldOptions & { readonly targets: readonly Target[] }): Panel {
  const { title, width = 12, height = 6 } = options;
  return {
    title,
    width,
    height,
    build: (scope) =>
      valuePanel('state-timeline', options, scope, {
        color: 'thresholds',
        custom: { fillOpacity: 80, lineWidth: 0 },
        options: {
          mergeValues: true,
          showValue: 'auto',
          rowHeight: 0.85,
          alignValue: 'left',
          legend: { showLegend: true, displayMode: 'list', placement: 'bottom', calcs: [] },
          tooltip: { mode: 'single', sort: 'none' },
        },
      }),
  };
}
