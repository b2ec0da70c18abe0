import { trainingMetrics as metric } from '@modelmeter/core';
import { markAt } from '../../grafana/annotations.ts';
import { dashboard } from '../../grafana/dashboard.ts';
import type { DashboardJson } from '../../grafana/schema.ts';
import { legend } from '../../grafana/target.ts';
import { max } from '../../promql/aggregate.ts';
import { gauge } from '../../promql/select.ts';
import { linksFrom, titleOf, uidOf } from '../shipped.ts';
import { trainingVariables } from '../variables.ts';
import { learning } from './learning.ts';
import { memory, parameters } from './memory-and-parameters.ts';
import { now } from './now.ts';
import { runs } from './runs.ts';
import { speed } from './speed.ts';
import { time } from './time.ts';
import { trouble } from './trouble.ts';

export function trainingDashboard(): DashboardJson {
  return dashboard({
    uid: uidOf('training'),
    title: titleOf('training'),
    description: 'How models learn: loss and accuracy, runs side by side, where the time goes, and what went wrong.',
    variables: trainingVariables,
    links: linksFrom('training'),
    annotations: [
      markAt(
        'Run starts',
        'blue',
        max(gauge(metric.trainingRunStartTime), ['ml.model.name', 'ml.run.id']),
        legend`${'ml.model.name'} ${'ml.run.id'} began`,
      ),
      markAt(
        'Run ends',
        'purple',
        max(gauge(metric.trainingRunEndTime), ['ml.model.name', 'ml.run.id']),
        legend`${'ml.model.name'} ${'ml.run.id'} ended`,
      ),
    ],
    top: now,
    rows: [learning, runs, speed, time, trouble, memory, parameters],
  });
}
