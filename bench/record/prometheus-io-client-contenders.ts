import { Counter, Histogram, Registry } from '@prometheus-io/client';
import type { Contender } from '../measure/interleave.ts';
import { BOUNDS, durations, LABELS, MASK, ones } from './values.ts';

export const PROMETHEUS_IO_CLIENT = {
  counter: '@prometheus-io/client counter, 3 labels kept',
  histogram: '@prometheus-io/client histogram, 3 labels kept',
} as const;

/** @prometheus-io/client with what `labels()` returns kept, its fastest way. */
export function prometheusIoClientContenders(): readonly Contender[] {
  const registry = new Registry();
  const settings = { help: 'Measured.', labelNames: Object.keys(LABELS), registers: [registry] };
  const counter = new Counter({ ...settings, name: 'bench_requests_total' }).labels(LABELS);
  const histogram = new Histogram({ ...settings, name: 'bench_duration_seconds', buckets: [...BOUNDS] }).labels(LABELS);
  const readBack = (sample: string) => async () => Number(new RegExp(`^${sample}\\{.*\\} (.*)$`, 'm').exec(await registry.metrics())?.[1]);
  return [
    {
      name: PROMETHEUS_IO_CLIENT.counter,
      run: (times) => {
        for (let i = 0; i < times; i++) counter.inc(ones[i & MASK]);
      },
      readBack: readBack('bench_requests_total'),
    },
    {
      name: PROMETHEUS_IO_CLIENT.histogram,
      run: (times) => {
        for (let i = 0; i < times; i++) histogram.observe(durations[i & MASK] as number);
      },
      readBack: readBack('bench_duration_seconds_count'),
    },
  ];
}
