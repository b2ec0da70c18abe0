import { defineMetric, openAttribute, type Producer, Registry } from '@modelmeter/core';
import type { Contender } from '../measure/interleave.ts';
import { inTurns } from './in-turns.ts';
import { BOUNDS, durations, LABELS, MASK, ones } from './values.ts';

export const OURS = {
  counter: 'modelmeter counter',
  counter3: 'modelmeter counter, 3 attributes',
  unreadCounter3: 'modelmeter counter, 3 attributes, before there is a reader',
  histogram: 'modelmeter histogram',
  histogram3: 'modelmeter histogram, 3 attributes',
  unreadHistogram3: 'modelmeter histogram, 3 attributes, before there is a reader',
  manyHistograms: 'modelmeter histogram, 1,024 series in turn',
  timed: 'performance.now() twice, the difference into a modelmeter histogram',
} as const;

const requests = { instrument: 'counter', unit: '{request}', description: 'Requests.', stability: 'development' } as const;
const duration = { instrument: 'histogram', unit: 's', description: 'Durations.', bounds: BOUNDS, stability: 'development' } as const;
const labels = Object.keys(LABELS).map((key) => openAttribute({ key }));
const number = openAttribute<'number', number>({ key: 'number' });

const metrics = {
  counter: defineMetric({ ...requests, name: 'bench.requests', attributes: [] }),
  counter3: defineMetric({ ...requests, name: 'bench.labelled.requests', attributes: labels }),
  histogram: defineMetric({ ...duration, name: 'bench.duration', attributes: [] }),
  histogram3: defineMetric({ ...duration, name: 'bench.labelled.duration', attributes: labels }),
  manyHistograms: defineMetric({ ...duration, name: 'bench.numbered.duration', attributes: [number] }),
  timed: defineMetric({ ...duration, name: 'bench.timed.duration', attributes: [] }),
};

/** Ours, on a registry with a reader and on one that nobody reads before the end. */
export function modelmeterContenders(): readonly Contender[] {
  const registry = new Registry();
  const producer = registry.producer();
  const unread = new Registry();
  const counter = registry.bind(metrics.counter, {});
  const counter3 = registry.bind(metrics.counter3, LABELS);
  const unreadCounter3 = unread.bind(metrics.counter3, LABELS);
  const histogram = registry.bind(metrics.histogram, {});
  const histogram3 = registry.bind(metrics.histogram3, LABELS);
  const unreadHistogram3 = unread.bind(metrics.histogram3, LABELS);
  const timed = registry.bind(metrics.timed, {});
  const many = Array.from({ length: 1024 }, (_, i) => registry.bind(metrics.manyHistograms, { number: i }));
  const readBack = (name: string) => () => collected(producer, name);
  // Opening a reader ends the state that is measured, so it waits until all is recorded.
  let late: Producer | undefined;
  const readBackLate = (name: string) => () => collected((late ??= unread.producer()), name);
  return [
    {
      name: OURS.counter,
      run: (times) => {
        for (let i = 0; i < times; i++) counter.add(ones[i & MASK]);
      },
      readBack: readBack(metrics.counter.name),
    },
    {
      name: OURS.counter3,
      run: (times) => {
        for (let i = 0; i < times; i++) counter3.add(ones[i & MASK]);
      },
      readBack: readBack(metrics.counter3.name),
    },
    {
      name: OURS.unreadCounter3,
      run: (times) =>
        inTurns(times, (from, to) => {
          for (let i = from; i < to; i++) unreadCounter3.add(ones[i & MASK]);
        }),
      readBack: readBackLate(metrics.counter3.name),
    },
    {
      name: OURS.histogram,
      run: (times) => {
        for (let i = 0; i < times; i++) histogram.record(durations[i & MASK] as number);
      },
      readBack: readBack(metrics.histogram.name),
    },
    {
      name: OURS.histogram3,
      run: (times) => {
        for (let i = 0; i < times; i++) histogram3.record(durations[i & MASK] as number);
      },
      readBack: readBack(metrics.histogram3.name),
    },
    {
      name: OURS.unreadHistogram3,
      run: (times) =>
        inTurns(times, (from, to) => {
          for (let i = from; i < to; i++) unreadHistogram3.record(durations[i & MASK] as number);
        }),
      readBack: readBackLate(metrics.histogram3.name),
    },
    {
      name: OURS.manyHistograms,
      run: (times) => {
        for (let i = 0; i < times; i++) many[i & 1023]?.record(durations[i & MASK] as number);
      },
      readBack: readBack(metrics.manyHistograms.name),
    },
    {
      name: OURS.timed,
      run: (times) => {
        for (let i = 0; i < times; i++) {
          const start = performance.now();
          timed.record((performance.now() - start) / 1000);
        }
      },
      readBack: readBack(metrics.timed.name),
    },
  ];
}

/** What the producer gives of a metric: a counter's total, or how many values histograms took. */
async function collected(producer: Producer, name: string): Promise<number> {
  const { resourceMetrics } = await producer.collect();
  let total = 0;
  for (const { descriptor, dataPoints } of resourceMetrics.scopeMetrics.flatMap(({ metrics }) => metrics)) {
    if (descriptor.name !== name) continue;
    for (const { value } of dataPoints) total += typeof value === 'number' ? value : value.count;
  }
  return total;
}
