import type { AttributesOf, MetricDefinition, Registry } from '@modelmeter/core';
import type { Source } from './source.ts';
import type { TurnByTurn } from './turn-by-turn.ts';

interface ReportedSeries {
  readonly set: (value: number) => void;
  readonly remove: () => void;
  /** Number of the reading in which it was last reported. */
  lastReading: number;
}

/**
 * Has a source read soon and at each collection. A series that a reading does not tell of, or that comes after its failure, is removed.
 * @param turns when it is read for the first time, unless a collection comes before.
 * @returns a function that stops the source and removes its series.
 */
export function reportSource(registry: Registry, source: Source, turns: TurnByTurn): () => void {
  const reported = new Map<string, ReportedSeries>();
  let reading = 0;
  let isStopped = false;

  function report<D extends MetricDefinition>(definition: D, attributes: AttributesOf<D>, value: number | undefined): void {
    if (value === undefined) return;
    let key = definition.name;
    for (const name in attributes) key += `\n${String((attributes as Record<string, unknown>)[name])}`;
    let series = reported.get(key);
    if (series === undefined) reported.set(key, (series = bindSeries(registry, definition, attributes)));
    series.set(value);
    series.lastReading = reading;
  }

  function read(): void {
    reading++;
    try {
      source.read(report);
    } finally {
      removeBefore(reading);
    }
  }

  function removeBefore(kept: number): void {
    for (const [key, series] of reported) {
      if (series.lastReading >= kept) continue;
      series.remove();
      reported.delete(key);
    }
  }

  /** What differences are counted from, and a second one when all others have had theirs: code that has run twice takes a collection half the time. */
  function readAhead(readings: number): void {
    if (isStopped || reading >= readings) return;
    try {
      read();
    } catch {
      // The next collection will tell.
    }
    turns.add(() => readAhead(2));
  }

  const stopCollecting = registry.onCollect(source.name, read);
  const begin = () => turns.add(() => readAhead(1));
  if (source.firstReading) void source.firstReading.then(begin);
  else begin();
  return () => {
    isStopped = true;
    stopCollecting();
    source.stop?.();
    removeBefore(Infinity);
  };
}

function bindSeries<D extends MetricDefinition>(registry: Registry, definition: D, attributes: AttributesOf<D>): ReportedSeries {
  const series: { set?(value: number): void; observe?(total: number): void; remove(): void } = registry.bind(definition, attributes);
  return {
    set: (value) => (series.set ? series.set(value) : series.observe?.(value)),
    remove: () => series.remove(),
    lastReading: 0,
  };
}
