import { gpuMetrics, hostMetrics, trainingMetrics } from '@modelmeter/core';
import { max, sum } from '../promql/aggregate.ts';
import { labelReplace } from '../promql/label-replace.ts';
import { above, add, and, atMost, below, multiply } from '../promql/operators.ts';
import { overTime, predictLinear } from '../promql/over-time.ts';
import { gauge } from '../promql/select.ts';
import type { Vector } from '../promql/vector.ts';
import { ifAny, message, value } from './message.ts';
import { type Alert, alert, type RuleGroup } from './rule.ts';
import type { Thresholds } from './thresholds.ts';

/** One process of each host reports these: its instance says which host it is. */
export function resourceRules(thresholds: Thresholds): RuleGroup {
  return {
    name: 'modelmeter-resources',
    alerts: [
      gpuMemoryHigh(thresholds),
      ...(thresholds.gpuIdleRatio > 0 ? [gpuIdleWhileTraining(thresholds)] : []),
      diskFillingUp(thresholds),
    ],
  };
}

function gpuMemoryHigh({ gpuMemoryRatio }: Thresholds) {
  return alert({
    name: 'MLGpuMemoryHigh',
    severity: 'warning',
    expression: above(gauge(gpuMetrics.gpuMemoryUtilization), gpuMemoryRatio),
    for: '10m',
    summary: 'The memory of a GPU is almost used up.',
    description: message`${value.percent} of the memory of GPU ${'hw.id'}${ifAny(', ', 'hw.name')}, reported by ${'instance'} (${'job'}), is in use.`,
    dashboard: 'resources',
    panel: 'Fullest GPU',
  });
}

/** Who trains and who reports the GPUs of the host may be two processes: they share what stands before the port. */
function gpuIdleWhileTraining({ gpuIdleRatio }: Thresholds): Alert {
  const withHost = <L extends string>(vector: Vector<L | 'instance'>) =>
    labelReplace(vector, { target: 'host', replacement: '$1', source: 'instance', regex: '(.+?)(:[0-9]+)?' });
  const active = withHost(above(sum(gauge(trainingMetrics.trainingRunActive), ['job', 'instance', 'ml.model.name']), 0));
  const busy = withHost(overTime('avg', gauge(gpuMetrics.gpuUtilization, { 'hw.gpu.task': 'general' }), '10m'));
  return alert({
    name: 'MLGpuIdleWhileTraining',
    severity: 'warning',
    expression: below(add(multiply(active, 0), max(busy, ['host']), { on: ['host'], groupLeft: [] }), gpuIdleRatio),
    for: '15m',
    summary: 'A model trains while the GPUs of its host have nothing to do.',
    description: message`${'ml.model.name'} trains on ${'instance'} (${'job'}), and the busiest GPU there is busy for ${value.percent} of the time.`,
    dashboard: 'resources',
    panel: 'Utilisation',
  });
}

/** Full is what nobody but the superuser can write to; a file system that is read only stays as it is. */
function diskFillingUp({ diskFullHours, diskFreeRatio }: Thresholds) {
  const free = { 'system.filesystem.state': 'free', 'system.filesystem.mode': 'rw' } as const;
  const willBeFree = predictLinear(gauge(hostMetrics.systemFilesystemUsage, free), '6h', diskFullHours * 3600);
  return alert({
    name: 'MLDiskFillingUp',
    severity: 'warning',
    expression: and(below(gauge(hostMetrics.systemFilesystemUtilization, free), diskFreeRatio), atMost(willBeFree, 0)),
    for: '1h',
    summary: 'A file system will soon be full.',
    description: message`${'system.filesystem.mountpoint'}, reported by ${'instance'} (${'job'}), has ${value.percent} free, and at the rate of the last six hours none within ${diskFullHours} hours.`,
    dashboard: 'resources',
    panel: 'When file systems will be full',
  });
}
