import { Counter, Histogram, Registry } from 'prom-client';
import type { Contender } from '../measure/interleave.ts';
import { BOUNDS, durations, LABELS, MASK, ones } from './values.ts';

export const PROM_CLIENT = { counter: 'prom-client counter, 3 labels kept', histogram: 'prom-client histogram, 3 labels kept' } as const;

/** prom-client with what `labels()` returns kept, its fastest way. */
export function promClientContenders(): readonly Contender[] {
  const registry = new Registry();
  const settings = { help: 'Measured.', labelNames: Object.keys(LABELS), registers: [registry] };
  const counter = new Counter({ ...settings, name: 'bench_requests_total' }).labels(LABELS);
  const histogram = new Histogram({ ...settings, name: 'bench_duration_seconds', buckets: [...BOUNDS] }).labels(LABELS);
  const readBack = (sample: string) => async () => Number(new RegExp(`^${sample}\\{.*\\} (.*)$`, 'm').exec(await registry.metrics())?.[1]);
  return [
    {
      name: PROM_CLIENT.counter,
      run: (times) => {
        for (let i = 0; i < times; i++) counter.inc(ones[i & MASK]);
      },
      readBack: readBack('bench_requests_total'),
    },
    {
      name: PROM_CLIENT.histogram,
      run: (times) => {
        for (let i = 0; i < times; i++) histogram.observe(durations[i & MASK] as number);
      },
      readBack: readBack('bench_duration_seconds_count'),
    },
  ];
}
