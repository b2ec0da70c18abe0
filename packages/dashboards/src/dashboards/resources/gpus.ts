import { gpuMetrics as metric } from '@modelmeter/core';
import type { Row } from '../../grafana/layout.ts';
import { barGauge } from '../../grafana/single-value.ts';
import { table } from '../../grafana/table.ts';
import { curve, latest, legend } from '../../grafana/target.ts';
import { timeSeries } from '../../grafana/time-series.ts';
import { max, sum } from '../../promql/aggregate.ts';
import { amount, occurrences } from '../../promql/occurrences.ts';
import { counter, gauge } from '../../promql/select.ts';
import { requestsPerSecond, stepsPerSecond } from './work.ts';

// A GPU may be reported by several instances, at once or one after another; its identifier is the same. Values are never added up.
const GPU = ['hw.id', 'hw.name'] as const;
const name = legend`${'hw.name'} ${'hw.id'}`;
const isGpu = { 'hw.type': 'gpu' } as const;
const noValue = 'No GPU';

const utilization = max(gauge(metric.gpuUtilization, { 'hw.gpu.task': 'general' }), GPU);
const memoryUsed = max(gauge(metric.gpuMemoryUsage), GPU);
const memoryLimit = max(gauge(metric.gpuMemoryLimit), GPU);
const power = max(gauge(metric.hardwarePower, isGpu), GPU);
const temperature = max(gauge(metric.hardwareTemperature, { ...isGpu, 'hw.sensor_location': 'gpu' }), GPU);
const energy = max(amount(counter(metric.hardwareEnergy, isGpu), '$__range'), GPU);
const errors = counter(metric.hardwareErrors, isGpu);
const HEAT = ['green', [80, 'orange'], [90, 'red']] as const;

export const gpus: Row = {
  title: 'GPUs',
  isCollapsed: true,
  panels: [
    timeSeries({
      title: 'Utilisation',
      description:
        'Share of the time in which each GPU computed anything. Low while a run is in progress: it waits for data or for the program; make batches larger, or load the next one meanwhile. High does not mean that all of it is used.',
      unit: 'percentunit',
      min: 0,
      max: 1,
      noValue,
      legend: ['lastNotNull', 'mean', 'max'],
      targets: [curve(utilization, name)],
    }),
    timeSeries({
      title: 'Steps and requests',
      description:
        'Training steps and inference requests per second of each instance, to be read beside the GPU: work that goes up and down with it is what uses it.',
      unit: 'ops',
      min: 0,
      noValue: 'Nothing is trained or served',
      targets: [
        curve(stepsPerSecond, legend`${'job'} ${'instance'} steps`),
        curve(requestsPerSecond, legend`${'job'} ${'instance'} requests`),
      ],
    }),
    timeSeries({
      title: 'Memory, and limit',
      description:
        'Memory in use on each GPU, and what it has. Near the limit the next allocation fails: make batches smaller. Some libraries take all of it at the start.',
      unit: 'bytes',
      min: 0,
      noValue,
      targets: [curve(memoryUsed, name), curve(memoryLimit, legend`${'hw.name'} ${'hw.id'} limit`)],
    }),
    timeSeries({
      title: 'Power',
      description:
        'Power that each GPU takes. Full utilisation at little power is work that waits for memory, or a GPU that holds itself back: see its temperature.',
      unit: 'watt',
      min: 0,
      noValue,
      legend: ['lastNotNull', 'mean', 'max'],
      targets: [curve(power, name)],
    }),
    timeSeries({
      title: 'Temperature',
      description:
        'Temperature of each GPU, of its core and where known of its memory. The lines are at 80 °C and 90 °C; about there a GPU slows down to protect itself: see to cooling.',
      unit: 'celsius',
      noValue,
      thresholds: HEAT,
      thresholdLines: true,
      targets: [
        curve(
          max(gauge(metric.hardwareTemperature, isGpu), [...GPU, 'hw.sensor_location']),
          legend`${'hw.name'} ${'hw.id'} ${'hw.sensor_location'}`,
        ),
      ],
    }),
    timeSeries({
      title: 'Memory errors of an hour',
      description:
        'Errors that each GPU found in its memory within the hour before each point. Corrected ones now and then are normal; uncorrected ones have spoilt a computation: restart it, and have the card checked if they come back.',
      unit: 'short',
      min: 0,
      noValue: 'No GPU tells of errors',
      targets: [curve(max(occurrences(errors, '1h'), [...GPU, 'error.type']), legend`${'hw.name'} ${'hw.id'} ${'error.type'}`)],
    }),
    barGauge({
      title: 'Energy of the time range',
      description:
        'Energy that each GPU took within the time range; 3.6 MJ are one kilowatt-hour. When another process takes over reporting within the range, only the larger part is shown.',
      unit: 'joule',
      min: 0,
      noValue,
      targets: [latest(energy, name)],
    }),
    table({
      title: 'GPUs',
      description:
        'Each GPU with its state now. Errors are those within the time range, corrected or not; energy is of the time range too.',
      width: 16,
      noValue,
      labels: { 'hw.name': 'GPU', 'hw.id': 'Identifier' },
      sortBy: 'Utilisation',
      columns: [
        { title: 'Utilisation', query: utilization, unit: 'percentunit' },
        { title: 'Memory', query: memoryUsed, unit: 'bytes' },
        { title: 'Memory size', query: memoryLimit, unit: 'bytes' },
        { title: 'Power', query: power, unit: 'watt' },
        { title: 'Temperature', query: temperature, unit: 'celsius', thresholds: HEAT, isColored: true },
        { title: 'Energy', query: energy, unit: 'joule' },
        {
          title: 'Errors',
          query: sum(max(occurrences(errors, '$__range'), [...GPU, 'error.type']), GPU),
          unit: 'short',
          thresholds: ['green', [1, 'orange']],
          isColored: true,
        },
      ],
    }),
  ],
};
