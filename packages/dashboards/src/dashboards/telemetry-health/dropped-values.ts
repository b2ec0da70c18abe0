import { dropped } from '@modelmeter/core';
import { barChart } from '../../grafana/bar-chart.ts';
import type { Row } from '../../grafana/layout.ts';
import { curve, legend } from '../../grafana/target.ts';
import { text } from '../../grafana/text.ts';
import { timeSeries } from '../../grafana/time-series.ts';
import { sum } from '../../promql/aggregate.ts';
import { occurrences } from '../../promql/occurrences.ts';
import { rate } from '../../promql/over-time.ts';
import { counter } from '../../promql/select.ts';

const reasons = `
| reason | what happened | what to do |
| --- | --- | --- |
| \`non_finite\`, \`negative\` | A value that no sum can take was kept out. | Find what records it; of training see its dashboard. |
| \`series_limit\` | A metric had 2,000 attribute sets; further ones count together, under \`otel_metric_overflow="true"\`. | Find the attribute whose values never end, and leave it out. |
| \`attribute_limit\` | An attribute had all the values that it may have; further ones are \`_OTHER\`. | Use fewer names, of models or stages for one. |
| \`collect_error\` | A function given to \`onCollect\` failed. | See Collectors. |
| \`hook_error\` | A hook of modelmeter failed; your program went on. | See the log, and report it. |
`.trim();

export const droppedValues: Row = {
  title: 'Dropped and folded values',
  panels: [
    timeSeries({
      title: 'Dropped or folded, by reason',
      description:
        'How often per second a value was kept out, or a series or an attribute value was folded together with others, by reason. It should be zero; the list beside it says what each reason asks for.',
      unit: 'ops',
      min: 0,
      draw: 'stack',
      targets: [curve(sum(rate(counter(dropped)), ['reason']), legend`${'reason'}`)],
    }),
    barChart({
      title: 'Of the time range, by reason',
      description:
        'How often within the time range something was dropped or folded, by reason, also what happened before the first scrape. The longest bar is what to mend first.',
      unit: 'short',
      min: 0,
      width: 6,
      name: 'Times',
      by: 'reason',
      query: sum(occurrences(counter(dropped), '$__range'), ['reason']),
    }),
    text({ title: 'What the reasons mean', width: 10, height: 8, content: reasons }),
  ],
};
