import { inferenceMetrics as metric } from '@modelmeter/core';
import { type Annotation, markWhile } from '../../grafana/annotations.ts';
import type { Row } from '../../grafana/layout.ts';
import { barGauge } from '../../grafana/single-value.ts';
import { table } from '../../grafana/table.ts';
import { latest, legend } from '../../grafana/target.ts';
import { count, max, sum } from '../../promql/aggregate.ts';
import { amount, occurrences } from '../../promql/occurrences.ts';
import { above, divide, unless } from '../../promql/operators.ts';
import { before } from '../../promql/over-time.ts';
import { countOf, gauge, sumOf } from '../../promql/select.ts';
import { drillDown } from '../shipped.ts';
import { VERSION } from './version.ts';

const BUILD = ['ml.model.name', 'ml.model.version', 'ml.model.revision'] as const;
const info = gauge(metric.modelInfo);
const LOAD = [...VERSION, 'error.type'] as const;
const loads = above(sum(occurrences(countOf(metric.modelLoadDuration), '$__range'), LOAD), 0);
const name = legend`${'ml.model.name'} ${'ml.model.version'}`;

/** A version or revision of a model that was not there five minutes before, on whatever instance: restarts are none. */
export const release: Annotation = markWhile(
  'Release',
  'orange',
  unless(max(info, BUILD), max(before(info, '5m'), BUILD)),
  legend`${'ml.model.name'} ${'ml.model.version'} ${'ml.model.revision'}`,
);

export const releases: Row = {
  title: 'Releases and loading',
  panels: [
    table({
      title: 'What is in service',
      description:
        'Each version of a model that is in service now, what runs it, what it was made from, and how many instances have it. Two versions of a model are a release under way, or one that was not finished. Versions without a system or a revision are not counted. Click a model for the runs that trained it.',
      width: 24,
      height: 6,
      noValue: 'No model has a system or a revision',
      labels: { 'ml.model.name': 'Model', 'ml.model.version': 'Version', 'ml.system.name': 'Runs on', 'ml.model.revision': 'Revision' },
      labelLinks: { Model: drillDown('training', 'var-model=${__value.raw}') },
      sortBy: 'Instances',
      columns: [
        { title: 'Instances', query: count(info, [...BUILD, 'ml.system.name']), unit: 'short' },
        { title: 'Parameters', query: max(gauge(metric.modelParameters), VERSION), unit: 'short' },
        { title: 'Warm-up', query: max(gauge(metric.modelWarmupDuration), VERSION), unit: 's' },
      ],
    }),
    table({
      title: 'Loads of the time range',
      description:
        'Models that were loaded within the time range, with the class of the error where that failed, and the mean time that it took: so long a new instance cannot serve. Loads outside of releases are restarts; failures that repeat are a model that cannot be read.',
      width: 16,
      height: 6,
      noValue: 'No load in this time range',
      labels: { 'ml.model.name': 'Model', 'ml.model.version': 'Version', 'error.type': 'Error' },
      sortBy: 'Loads',
      columns: [
        { title: 'Loads', query: loads, unit: 'short' },
        { title: 'Mean time', query: divide(sum(amount(sumOf(metric.modelLoadDuration), '$__range'), LOAD), loads), unit: 's' },
      ],
    }),
    barGauge({
      title: 'Warm-up',
      height: 6,
      description:
        'How long the last explicit warm-up of each model took, on the instance that needed longest. The first real requests wait that long where nothing is warmed up.',
      unit: 's',
      min: 0,
      noValue: 'No warm-up is measured',
      targets: [latest(max(gauge(metric.modelWarmupDuration), VERSION), name)],
    }),
  ],
};
