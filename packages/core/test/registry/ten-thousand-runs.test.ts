import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { inferenceMetrics, Registry, type Snapshot, trainingMetrics } from '../../src/index.ts';
import { FakeClock } from '../fake-clock.ts';

const { trainingEpoch, trainingLoss, trainingRunInfo, trainingSteps } = trainingMetrics;
const { inferenceBatchSize } = inferenceMetrics;

function sizeOf({ families }: Snapshot) {
  const series = families.flatMap((family) => family.series);
  const ofRuns = series.filter(({ attributes }) => attributes['ml.run.id'] !== undefined);
  return {
    series: series.length,
    runs: new Set(ofRuns.map(({ attributes }) => attributes['ml.run.id'])).size,
    chunks: 1 + Math.max(...series.map(({ slot }) => slot.chunk)),
    places: Math.max(...series.map(({ slot }) => slot.chunk * 4096 + slot.offset)),
  };
}

test('a process that trains 10,000 runs holds no more than one that trains 100, and loses no step', () => {
  const clock = new FakeClock();
  const registry = new Registry({ clock });
  const [often, seldom] = [registry.openReader(), registry.openReader()];
  const model = { 'ml.model.name': 'digits' } as const;

  function train(runs: number): Snapshot {
    for (let i = 0; i < runs; i++) {
      const run = registry.beginRun();
      const ofRun = { ...model, 'ml.run.id': `${clock.monotonicSeconds()}` };
      run.bind(trainingEpoch, ofRun).set(i);
      for (const split of ['train', 'validation'] as const) run.bind(trainingLoss, { ...ofRun, 'ml.dataset.split': split }).set(i);
      run.bind(trainingRunInfo, ofRun).remove();
      run.bind(trainingRunInfo, { ...ofRun, 'ml.training.result': 'success', 'ml.training.batch_size': i }).set(1);
      registry.bind(trainingSteps, model).add(1);
      clock.advance(1);
      run.end();
      if (i % 7 === 0) often.collect();
      if (i % 1000 === 0) seldom.collect();
    }
    return often.collect();
  }

  const small = sizeOf(train(100));
  const snapshot = train(9900);
  expect(small.runs).toBe(20);
  expect(sizeOf(snapshot)).toEqual(small);
  const steps = snapshot.families.find(({ definition }) => definition === trainingSteps)?.series[0];
  expect(steps && snapshot.valuesOf(steps)[0]).toBe(10_000);
});

test('a process that never ends its runs stays within the cap of series', () => {
  const registry = new Registry({ maxSeriesPerMetric: 50 });
  const reader = registry.openReader();
  for (let i = 0; i < 10_000; i++)
    registry
      .beginRun()
      .bind(trainingEpoch, { 'ml.model.name': 'digits', 'ml.run.id': `${i}` })
      .set(i);
  const family = reader.collect().families.find(({ definition }) => definition === trainingEpoch);
  expect(family?.series).toHaveLength(50);
});

test('nothing is left of 10,000 runs that each had a model, a version and bounds of its own', () => {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  const registry = new Registry({ keepEndedRuns: 0 });
  const longName = 'm'.repeat(1000);

  function heapAfter(runs: number): number {
    for (let i = 0; i < runs; i++) {
      const run = registry.beginRun();
      const model = { 'ml.model.name': `${longName}${i}`, 'ml.model.version': `${i}` };
      run.bind(inferenceBatchSize, model, { bounds: [i, 1e6] }).record(1);
      run.end();
    }
    collectGarbage();
    return process.memoryUsage().heapUsed;
  }

  const before = heapAfter(100);
  // The names alone are 10 MB.
  expect(heapAfter(10_000) - before).toBeLessThan(2e6);
});
