import { describe, expect, test } from 'vitest';
import { type CollectionReader, Registry, type RegistryOptions, trainingMetrics } from '../../src/index.ts';
import { FakeClock } from '../fake-clock.ts';

const { trainingEpoch } = trainingMetrics;

function setUp(options: RegistryOptions = {}) {
  const clock = new FakeClock();
  const registry = new Registry({ clock, keepEndedRunsSeconds: 0, ...options });
  const endRun = (id: string) => {
    const run = registry.beginRun();
    run.bind(trainingEpoch, { 'ml.model.name': 'digits', 'ml.run.id': id }).set(1);
    run.end();
    return run;
  };
  return { clock, registry, endRun };
}

function collectRuns(reader: CollectionReader): unknown[] {
  const family = reader.collect().families.find(({ definition }) => definition === trainingEpoch);
  return family?.series.map(({ attributes }) => attributes['ml.run.id']) ?? [];
}

describe('an ended run', () => {
  test('is kept until every reader has had its final values', () => {
    const { registry, endRun } = setUp();
    const [often, seldom] = [registry.openReader(), registry.openReader()];
    endRun('r1');
    for (let i = 0; i < 5; i++) expect(collectRuns(often)).toEqual(['r1']);
    expect(collectRuns(seldom)).toEqual(['r1']);
    expect(collectRuns(seldom)).toEqual([]);
    expect(collectRuns(often)).toEqual([]);
  });

  test('is kept though a reader collected just before it ended', () => {
    const { registry, endRun } = setUp();
    const [one, other] = [registry.openReader(), registry.openReader()];
    collectRuns(one);
    collectRuns(other);
    endRun('r1');
    expect(collectRuns(one)).toEqual(['r1']);
    expect(collectRuns(one)).toEqual(['r1']);
    expect(collectRuns(other)).toEqual(['r1']);
    expect(collectRuns(one)).toEqual([]);
  });

  test('is kept for a reader that was opened after its end', () => {
    const { registry, endRun } = setUp();
    const one = registry.openReader();
    endRun('r1');
    collectRuns(one);
    const late = registry.openReader();
    expect(collectRuns(one)).toEqual(['r1']);
    expect(collectRuns(late)).toEqual(['r1']);
    expect(collectRuns(late)).toEqual([]);
  });

  test('does not wait for a reader that was closed', () => {
    const { registry, endRun } = setUp();
    const [one, other] = [registry.openReader(), registry.openReader()];
    endRun('r1');
    expect(collectRuns(one)).toEqual(['r1']);
    other.close();
    expect(collectRuns(one)).toEqual([]);
  });

  test('does not wait for a producer that was closed', () => {
    const { registry, endRun } = setUp();
    const reader = registry.openReader();
    const producer = registry.producer();
    endRun('r1');
    expect(collectRuns(reader)).toEqual(['r1']);
    producer.close();
    expect(collectRuns(reader)).toEqual([]);
  });

  test('is kept for five minutes by default', () => {
    const clock = new FakeClock();
    const registry = new Registry({ clock });
    const reader = registry.openReader();
    const run = registry.beginRun();
    run.bind(trainingEpoch, { 'ml.model.name': 'digits', 'ml.run.id': 'r1' }).set(1);
    run.end();
    collectRuns(reader);
    clock.advance(299);
    expect(collectRuns(reader)).toEqual(['r1']);
    clock.advance(1);
    expect(collectRuns(reader)).toEqual([]);
  });
});

describe('of the runs that have ended', () => {
  test('only the last few are kept, though no reader has had the others', () => {
    const { registry, endRun } = setUp({ keepEndedRuns: 2, keepEndedRunsSeconds: 1000 });
    const reader = registry.openReader();
    for (const id of ['r1', 'r2', 'r3', 'r4']) endRun(id);
    expect(collectRuns(reader)).toEqual(['r3', 'r4']);
  });

  test('20 are kept by default', () => {
    const { registry, endRun } = setUp({ keepEndedRunsSeconds: 1000 });
    const reader = registry.openReader();
    for (let i = 0; i < 50; i++) endRun(`r${i}`);
    expect(collectRuns(reader)).toEqual(Array.from({ length: 20 }, (_, i) => `r${i + 30}`));
  });

  test('none is kept where that is asked for', () => {
    const { registry, endRun } = setUp({ keepEndedRuns: 0 });
    const reader = registry.openReader();
    endRun('r1');
    expect(collectRuns(reader)).toEqual([]);
  });

  test('one that ends twice takes the place of no other', () => {
    const { registry, endRun } = setUp({ keepEndedRuns: 2, keepEndedRunsSeconds: 1000 });
    const reader = registry.openReader();
    const first = endRun('r1');
    endRun('r2');
    for (let i = 0; i < 3; i++) first.end();
    expect(collectRuns(reader)).toEqual(['r1', 'r2']);
    endRun('r3');
    first.end();
    expect(collectRuns(reader)).toEqual(['r2', 'r3']);
  });
});
