import { inferenceMetrics as metric } from '@modelmeter/core';
import { heatMap } from '../../grafana/heat-map.ts';
import type { Row } from '../../grafana/layout.ts';
import { repeatFor } from '../../grafana/repeat.ts';
import { curve, legend } from '../../grafana/target.ts';
import { timeSeries } from '../../grafana/time-series.ts';
import { bucketRates, sum } from '../../promql/aggregate.ts';
import { mean } from '../../promql/mean.ts';
import { rate } from '../../promql/over-time.ts';
import { bucketsOf, countOf } from '../../promql/select.ts';
import { percentiles } from './percentiles.ts';
import { VERSION } from './version.ts';

const firstChunk = metric.inferenceTimeToFirstChunk;
const name = legend`${'ml.model.name'} ${'ml.model.version'}`;
const common = { min: 0, noValue: 'No request was answered as a stream' } as const;

export const streams: Row = {
  title: 'Streams',
  isCollapsed: true,
  panels: [
    timeSeries({
      ...common,
      title: 'Streams that began',
      description:
        'Requests per second whose answer began to come as a stream. How long a stream takes until its end is part of Duration above.',
      unit: 'reqps',
      targets: [curve(sum(rate(countOf(firstChunk)), VERSION), name)],
    }),
    timeSeries({
      ...common,
      title: 'Percentiles of time to first chunk',
      description:
        'What half of the streams, one in ten and one in a hundred exceed until their first chunk: what people feel as the answer time. If it grows while the rest of the stream does not, requests wait for their turn.',
      unit: 's',
      targets: percentiles(bucketsOf(firstChunk), VERSION, name),
    }),
    timeSeries({
      ...common,
      title: 'Mean time to first chunk',
      description:
        'Mean time from a request to the first chunk of its stream, of each model and version. Compare versions after a release.',
      unit: 's',
      legend: ['lastNotNull', 'min', 'mean', 'max'],
      targets: [curve(mean(firstChunk, VERSION), name)],
    }),
    repeatFor(
      'model',
      heatMap({
        title: 'Spread of time to first chunk: $model',
        description:
          'How many streams took how long until their first chunk; one panel for each chosen model. A second band far above the first is requests that had to wait.',
        unit: 's',
        noValue: common.noValue,
        buckets: bucketRates(bucketsOf(firstChunk)),
      }),
    ),
  ],
};
