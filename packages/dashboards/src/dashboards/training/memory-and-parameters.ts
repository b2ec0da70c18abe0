import { tfjsMemoryMetrics, trainingMetrics as metric } from '@modelmeter/core';
import type { Row } from '../../grafana/layout.ts';
import { curve, legend } from '../../grafana/target.ts';
import { timeSeries } from '../../grafana/time-series.ts';
import { max, sum } from '../../promql/aggregate.ts';
import { occurrences } from '../../promql/occurrences.ts';
import { counter, gauge } from '../../promql/select.ts';

export const memory: Row = {
  title: 'Memory',
  panels: [
    timeSeries({
      title: 'Tensors',
      description:
        'Tensors alive in each process, without those that the History of a running fit holds. It should be flat over the epochs of a run: growth is a leak. Wrap the code in tf.tidy, or dispose of what it makes.',
      unit: 'short',
      min: 0,
      legend: ['lastNotNull', 'min', 'max'],
      targets: [
        curve(max(gauge(tfjsMemoryMetrics.tfjsMemoryTensors), ['instance', 'tfjs.backend']), legend`${'instance'} ${'tfjs.backend'}`),
      ],
    }),
    timeSeries({
      title: 'Memory of tensors',
      description: 'Bytes of the tensors alive in each process and, on back ends that tell, the part of them that lies in GPU memory.',
      unit: 'bytes',
      min: 0,
      targets: [
        curve(max(gauge(tfjsMemoryMetrics.tfjsMemoryUsage), ['instance', 'tfjs.backend']), legend`${'instance'} ${'tfjs.backend'}`),
        curve(max(gauge(tfjsMemoryMetrics.tfjsMemoryGpuUsage), ['instance', 'tfjs.backend']), legend`${'instance'} ${'tfjs.backend'} GPU`),
      ],
    }),
    timeSeries({
      title: 'Leaked tensors',
      description:
        'Tensors that calls of a model, and hooks around its fits, left behind beyond what they returned, when they did. Each bar is memory that will not come back: find the call, and wrap it in tf.tidy.',
      unit: 'short',
      min: 0,
      draw: 'bars',
      legend: ['max'],
      noValue: 'No model is instrumented',
      targets: [
        curve(
          sum(occurrences(counter(tfjsMemoryMetrics.tfjsMemoryLeakedTensors), '$__rate_interval'), ['ml.model.name']),
          legend`${'ml.model.name'}`,
        ),
      ],
    }),
  ],
};

const NEEDS_PROBE = 'Needs the probe parameterNorms()';

/** What is there only where a probe was asked for. */
export const parameters: Row = {
  title: 'Parameters and gradients (probes)',
  isCollapsed: true,
  panels: [
    timeSeries({
      title: 'Norm of the weights',
      description:
        'Euclidean norm of the trainable weights, each epoch. Steady growth without a better validation loss asks for weight decay. With the probe parameterNorms().',
      unit: 'none',
      noValue: NEEDS_PROBE,
      targets: [
        curve(
          max(gauge(metric.trainingParameterNorm), ['ml.model.name', 'ml.layer.name', 'instance']),
          legend`${'ml.model.name'} ${'ml.layer.name'} ${'instance'}`,
        ),
      ],
    }),
    timeSeries({
      title: 'Relative update of the weights',
      description:
        'Norm of the change of the weights in an epoch, relative to their norm. Near zero the model no longer learns; above one it is thrown about: lower the learning rate. With the probe parameterNorms().',
      unit: 'none',
      scale: 'log',
      noValue: NEEDS_PROBE,
      targets: [
        curve(
          max(gauge(metric.trainingParameterRelativeUpdate), ['ml.model.name', 'ml.layer.name', 'instance']),
          legend`${'ml.model.name'} ${'ml.layer.name'} ${'instance'}`,
        ),
      ],
    }),
    timeSeries({
      title: 'Norm of the gradient',
      description:
        'Euclidean norm of the gradient of a step, sampled. Spikes come before losses that are not finite: clip gradients. Near zero from the start: they vanish. With the probe gradientNorm().',
      unit: 'none',
      scale: 'log',
      noValue: 'Needs the probe gradientNorm()',
      targets: [curve(max(gauge(metric.trainingGradientNorm), ['ml.model.name', 'instance']), legend`${'ml.model.name'} ${'instance'}`)],
    }),
  ],
};
