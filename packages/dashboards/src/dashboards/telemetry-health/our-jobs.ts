import { seriesCount } from '@modelmeter/core';
import { max } from '../../promql/aggregate.ts';
import { and } from '../../promql/operators.ts';
import { overTime } from '../../promql/over-time.ts';
import { gauge } from '../../promql/select.ts';
import type { Vector } from '../../promql/vector.ts';

/** Of series that Prometheus has for every target, those of jobs in which something of ours reported within the time range. */
export function ofOurJobs<L extends string>(vector: Vector<L | 'job'>): Vector<L | 'job'> {
  return and(vector, max(overTime('last', gauge(seriesCount), '$__range'), ['job']), { on: ['job'] });
}
