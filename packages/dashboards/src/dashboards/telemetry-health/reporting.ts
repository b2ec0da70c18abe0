import { collectorUp, dropped, processMetrics, seriesCount } from '@modelmeter/core';
import type { Row } from '../../grafana/layout.ts';
import { stateTimeline } from '../../grafana/state-timeline.ts';
import { table } from '../../grafana/table.ts';
import { curve } from '../../grafana/target.ts';
import { timeSeries } from '../../grafana/time-series.ts';
import { count, max, sum } from '../../promql/aggregate.ts';
import { occurrences } from '../../promql/occurrences.ts';
import { subtract } from '../../promql/operators.ts';
import { counter, gauge } from '../../promql/select.ts';
import { drillDownToInstance } from '../shipped.ts';
import { TARGET, targetName } from '../target.ts';

export const reporting: Row = {
  title: 'Who reports',
  panels: [
    stateTimeline({
      title: 'When instances reported',
      description:
        'When metrics of each instance arrived, scraped or pushed. A gap is a process that was down, or too busy to be scraped: nothing is known of that time, on any dashboard. An instance that ends as another begins was restarted under a new name.',
      unit: 'none',
      width: 12,
      height: 8,
      noValue: 'Nothing reported in this time range',
      texts: { '1': { text: 'Reports', color: 'green' } },
      targets: [curve(count(gauge(seriesCount), TARGET), targetName)],
    }),
    timeSeries({
      title: 'Series',
      description:
        'Attribute sets of all metrics in each instance. It should level off soon after the start: growth without end is an attribute whose values never end, such as a user or a request. The line is the limit of a single metric, 2,000: below it none is lost.',
      unit: 'short',
      min: 0,
      width: 12,
      thresholds: ['green', [2000, 'orange']],
      thresholdLines: true,
      targets: [curve(max(gauge(seriesCount), TARGET), targetName)],
    }),
    table({
      title: 'Instances',
      description:
        'Each instance that reports now, with how much it measures, which of its collectors fail, and what of the time range it kept out or folded together. Click an instance for its resources.',
      width: 24,
      noValue: 'Nothing reports: see the list above',
      labels: { job: 'Job', instance: 'Instance' },
      labelLinks: { Instance: drillDownToInstance('resources') },
      sortBy: 'Series',
      columns: [
        {
          title: 'Series',
          query: max(gauge(seriesCount), TARGET),
          unit: 'short',
          thresholds: ['green', [2000, 'orange']],
          isColored: true,
        },
        {
          title: 'Failing collectors',
          query: sum(subtract<(typeof TARGET)[number] | 'collector'>(1, gauge(collectorUp)), TARGET),
          unit: 'short',
          thresholds: ['green', [1, 'red']],
          isColored: true,
        },
        {
          title: 'Dropped or folded',
          query: sum(occurrences(counter(dropped), '$__range'), TARGET),
          unit: 'short',
          thresholds: ['green', [1, 'orange']],
          isColored: true,
        },
        { title: 'Running for', query: max(gauge(processMetrics.processUptime), TARGET), unit: 's' },
      ],
    }),
  ],
};
