import { collectorUp } from '@modelmeter/core';
import type { Row } from '../../grafana/layout.ts';
import { stateTimeline } from '../../grafana/state-timeline.ts';
import { table } from '../../grafana/table.ts';
import { curve, legend } from '../../grafana/target.ts';
import { max, min } from '../../promql/aggregate.ts';
import { subtract } from '../../promql/operators.ts';
import { overTime } from '../../promql/over-time.ts';
import { gauge } from '../../promql/select.ts';

const COLLECTOR = ['job', 'instance', 'collector'] as const;
const STATES = { '1': { text: 'Works', color: 'green' }, '0': { text: 'Fails', color: 'red' } } as const;
const noValue = 'Nothing is read when asked';

export const collectors: Row = {
  title: 'Collectors',
  panels: [
    stateTimeline({
      title: 'Collectors',
      description:
        'Whether each collector, which reads values when asked (GPU, host, what was given to onCollect), succeeded, at the instance where it fared worst. One that fails from the start lacks what it reads or the right to; one that fails now and then is slow.',
      unit: 'none',
      width: 12,
      height: 10,
      noValue,
      texts: STATES,
      targets: [curve(min(gauge(collectorUp), ['collector']), legend`${'collector'}`)],
    }),
    table({
      title: 'Collectors by instance',
      description:
        'Each collector of each instance: whether it works now, and how much of the time range it failed. Those that failed most are on top; their warnings are in the log of the process.',
      width: 12,
      height: 10,
      noValue,
      labels: { collector: 'Collector', job: 'Job', instance: 'Instance' },
      sortBy: 'Failed',
      columns: [
        {
          title: 'Now',
          query: min(gauge(collectorUp), COLLECTOR),
          unit: 'none',
          texts: STATES,
          thresholds: ['red', [1, 'green']],
          isColored: true,
        },
        {
          title: 'Failed',
          query: max(subtract<(typeof COLLECTOR)[number]>(1, overTime('avg', gauge(collectorUp), '$__range')), COLLECTOR),
          unit: 'percentunit',
          thresholds: ['green', [0.01, 'orange'], [0.5, 'red']],
          isColored: true,
        },
      ],
    }),
  ],
};
