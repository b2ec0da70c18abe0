import { scrapeDuration, scrapeSamples, up } from '../../foreign-metrics.ts';
import type { Row } from '../../grafana/layout.ts';
import { stateTimeline } from '../../grafana/state-timeline.ts';
import { table } from '../../grafana/table.ts';
import { curve } from '../../grafana/target.ts';
import { timeSeries } from '../../grafana/time-series.ts';
import { max, min } from '../../promql/aggregate.ts';
import { overTime } from '../../promql/over-time.ts';
import { gauge } from '../../promql/select.ts';
import { drillDownToInstance } from '../shipped.ts';
import { TARGET, targetName } from '../target.ts';
import { ofOurJobs } from './our-jobs.ts';

const noValue = 'No scrapes: metrics are pushed';
const STATES = { '1': { text: 'Up', color: 'green' }, '0': { text: 'Down', color: 'red' } } as const;

const isUp = ofOurJobs(min(gauge(up), TARGET));
const seconds = ofOurJobs(max(gauge(scrapeDuration), TARGET));
const samples = ofOurJobs(max(gauge(scrapeSamples), TARGET));

export const scrapes: Row = {
  title: 'Scrapes (there are none where metrics are pushed by OTLP)',
  panels: [
    stateTimeline({
      title: 'Targets',
      description:
        'Whether each target of these jobs answered its scrapes. Down while the process runs: it computes without a break, the port is wrong, or something lies between. Jobs are shown in which anything of modelmeter reported within the time range.',
      unit: 'none',
      width: 8,
      height: 8,
      noValue,
      texts: STATES,
      targets: [curve(isUp, targetName)],
    }),
    timeSeries({
      title: 'Scrape duration',
      description:
        'How long each scrape took. A healthy one takes milliseconds; seconds mean that the event loop of the process was blocked, and beyond the time-out (10 s by default) the scrape is lost.',
      unit: 's',
      min: 0,
      noValue,
      legend: ['lastNotNull', 'mean', 'max'],
      targets: [curve(seconds, targetName)],
    }),
    timeSeries({
      title: 'Samples per scrape',
      description:
        'Samples that each scrape brought: what the store keeps at every interval, and what it costs. Histograms have one for each bucket: fewer buckets, or a longer interval, make it cheaper.',
      unit: 'short',
      min: 0,
      noValue,
      targets: [curve(samples, targetName)],
    }),
    table({
      title: 'Scrape targets',
      description:
        'Each target of these jobs, now and over the time range. Click an instance for its resources: the event loop delay there tells whether it was too busy to answer.',
      width: 24,
      noValue,
      labels: { job: 'Job', instance: 'Instance' },
      labelLinks: { Instance: drillDownToInstance('resources') },
      sortBy: 'Samples',
      columns: [
        { title: 'Now', query: isUp, unit: 'none', texts: STATES, thresholds: ['red', [1, 'green']], isColored: true },
        {
          title: 'Answered',
          query: ofOurJobs(min(overTime('avg', gauge(up), '$__range'), TARGET)),
          unit: 'percentunit',
          thresholds: ['red', [0.9, 'orange'], [0.99, 'green']],
          isColored: true,
        },
        { title: 'Last scrape', query: seconds, unit: 's' },
        { title: 'Slowest scrape', query: ofOurJobs(max(overTime('max', gauge(scrapeDuration), '$__range'), TARGET)), unit: 's' },
        { title: 'Samples', query: samples, unit: 'short' },
      ],
    }),
  ],
};
