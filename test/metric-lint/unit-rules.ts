import type { MetricDefinition } from '@modelmeter/core';

const UNIT = /^(s|By|1|Cel|W|J|\{[a-z]+(_[a-z]+)*\}|)$/;
const DURATION_WORDS = /(^|[._])(duration|time|delay|latency|uptime)$/;
const MEMORY_WORDS = /\.(memory|filesystem)\.(.*\.)?(usage|limit)$/;

export function unitIsAllowed({ unit }: MetricDefinition): string | undefined {
  return UNIT.test(unit) ? undefined : `the unit ${JSON.stringify(unit)} is none of s, By, 1, Cel, W, J, {annotation} and empty`;
}

/** `By/s` under a name that says `per_second` would become `…_per_second_per_second`; a rate is a query's. */
export function unitIsNoRate({ unit }: MetricDefinition): string | undefined {
  return unit.includes('/') ? `the unit ${unit} is a rate: export a counter` : undefined;
}

/** Prometheus adds `_ratio` to gauges alone. */
export function ratioIsGauge({ unit, instrument }: MetricDefinition): string | undefined {
  return unit === '1' && instrument !== 'gauge' ? `a ${instrument} has the unit 1` : undefined;
}

export function durationIsInSeconds({ name, unit }: MetricDefinition): string | undefined {
  return DURATION_WORDS.test(name) && unit !== 's' ? `a time is in ${JSON.stringify(unit)}, not in s` : undefined;
}

export function memoryIsInBytes({ name, unit }: MetricDefinition): string | undefined {
  return MEMORY_WORDS.test(name) && unit !== 'By' ? `an amount of memory is in ${JSON.stringify(unit)}, not in By` : undefined;
}

export function histogramHasUnit({ instrument, unit }: MetricDefinition): string | undefined {
  return instrument === 'histogram' && unit === '' ? 'the histogram has no unit' : undefined;
}

export function histogramHasSortedBounds({ instrument, bounds = [] }: MetricDefinition): string | undefined {
  if (instrument !== 'histogram') return undefined;
  if (bounds.length < 2) return 'the histogram has fewer than two bounds';
  const isSorted = bounds.every((bound, i) => Number.isFinite(bound) && bound > (bounds[i - 1] ?? -1));
  return isSorted ? undefined : 'the bounds are not finite, ≥ 0 and ascending';
}

export function onlyHistogramHasBounds({ instrument, bounds }: MetricDefinition): string | undefined {
  return instrument !== 'histogram' && bounds !== undefined ? `a ${instrument} has bounds` : undefined;
}
