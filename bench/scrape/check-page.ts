import { duration, level, type Workload } from './workload.ts';

const SAMPLE = /^(bench_\w+)(?:\{.*\})? (\S+)/;

/**
 * Makes sure that a page holds every series with its value, so that all implementations are measured doing the same.
 * @param updates how often every series has been given a value.
 * @throws where the page tells something else.
 */
export function checkPage(text: string, { histograms, counters, gauges }: Workload, updates: number): void {
  const totals = { requests: 0, level: 0, sum: 0, count: 0, buckets: 0 };
  for (const line of text.split('\n')) {
    const [, name = '', value] = SAMPLE.exec(line) ?? [];
    if (name.startsWith('bench_requests')) totals.requests += Number(value);
    else if (name.startsWith('bench_level')) totals.level += Number(value);
    else if (name.endsWith('_sum')) totals.sum += Number(value);
    else if (name.endsWith('_count')) totals.count += Number(value);
    else if (name.endsWith('_bucket')) totals.buckets++;
  }
  const count = (plans: readonly { series: readonly unknown[] }[]) => plans.reduce((sum, { series }) => sum + series.length, 0);
  const each = (size: number, value: (i: number) => number) =>
    Array.from({ length: size }, (_, i) => value(i)).reduce((sum, one) => sum + one, 0);
  const all = Array.from({ length: updates }, (_, i) => i + 1);
  const bounds = histograms[0]?.definition.bounds.length ?? 0;
  const expected = {
    requests: count(counters) * updates,
    level: each(count(gauges), (i) => level(i, updates)),
    sum: each(count(histograms), (i) => all.reduce((sum, update) => sum + duration(i, update), 0)),
    count: count(histograms) * updates,
    buckets: count(histograms) * (bounds + 1),
  };
  for (const key of Object.keys(expected) as (keyof typeof expected)[]) {
    const difference = Math.abs(totals[key] - expected[key]);
    if (!(difference <= 1e-6 * expected[key])) throw new Error(`${key} is ${totals[key]} on the page, not ${expected[key]}`);
  }
}
