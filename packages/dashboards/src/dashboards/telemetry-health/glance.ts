import { collectorUp, dropped, seriesCount } from '@modelmeter/core';
import type { Panel } from '../../grafana/panel.ts';
import { stat } from '../../grafana/single-value.ts';
import { latest } from '../../grafana/target.ts';
import { count, max, sum } from '../../promql/aggregate.ts';
import { occurrences } from '../../promql/occurrences.ts';
import { equalTo, multiply, or } from '../../promql/operators.ts';
import { counter, gauge } from '../../promql/select.ts';
import { up } from '../../foreign-metrics.ts';
import { ofOurJobs } from './our-jobs.ts';

const series = gauge(seriesCount);
const NONE_REPORTS = 'Nothing reports: see the list below';

/** Can what the other dashboards show be trusted? */
export const glance: readonly Panel[] = [
  stat({
    title: 'Instances that report',
    description:
      'Processes whose metrics arrive now. Fewer than you run: see which have gone below, and what to look at when nothing is there.',
    unit: 'short',
    noValue: NONE_REPORTS,
    targets: [latest(count(series))],
  }),
  stat({
    title: 'Targets down',
    description:
      'Scrape targets of these jobs that did not answer when last asked. A process that computes without a break cannot answer either. Jobs of which nothing was heard within the time range are not known here, nor is anything where metrics are pushed.',
    unit: 'short',
    zero: 'None',
    noValue: 'No scrapes',
    thresholds: ['green', [1, 'red']],
    targets: [latest(or(count(ofOurJobs(equalTo(gauge(up), 0))), multiply(count(ofOurJobs(gauge(up))), 0)))],
  }),
  stat({
    title: 'Failing collectors',
    description:
      'Sources of measurements that failed when last asked. What they measure is absent meanwhile, never zero: see below which they are, and the log of their process.',
    unit: 'short',
    zero: 'None',
    noValue: NONE_REPORTS,
    thresholds: ['green', [1, 'red']],
    targets: [latest(or(count(equalTo(gauge(collectorUp), 0)), multiply(count(series), 0)))],
  }),
  stat({
    title: 'Values kept out',
    description:
      'Measurements of the time range that were not recorded: NaN, infinite or negative, or lost as something of the telemetry itself failed. The reasons are below.',
    unit: 'short',
    zero: 'None',
    noValue: NONE_REPORTS,
    thresholds: ['green', [1, 'orange']],
    targets: [
      latest(sum(occurrences(counter(dropped, { reason: { matches: 'non_finite|negative|collect_error|hook_error' } }), '$__range'))),
    ],
  }),
  stat({
    title: 'Series and values folded',
    description:
      'How often within the time range a series or the value of an attribute was beyond its limit and recorded together with others. Totals stay right, details are lost: see below.',
    unit: 'short',
    zero: 'None',
    noValue: NONE_REPORTS,
    thresholds: ['green', [1, 'orange']],
    targets: [latest(sum(occurrences(counter(dropped, { reason: { matches: 'series_limit|attribute_limit' } }), '$__range')))],
  }),
  stat({
    title: 'Most series',
    description:
      'Attribute sets of all metrics of the instance that has most. Below 2,000 in all, no single metric can have reached its limit of 2,000.',
    unit: 'short',
    noValue: NONE_REPORTS,
    thresholds: ['green', [2000, 'orange']],
    targets: [latest(max(series))],
  }),
];
