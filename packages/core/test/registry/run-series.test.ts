import { beforeEach, describe, expect, test } from 'vitest';
import { type Producer, Registry, trainingMetrics } from '../../src/index.ts';
import { collectPoints, collectValues } from '../collected.ts';
import { FakeClock } from '../fake-clock.ts';

const { trainingEpoch, trainingLoss } = trainingMetrics;
const digits = { 'ml.model.name': 'digits' } as const;

let clock: FakeClock;
let registry: Registry;
let producer: Producer;
beforeEach(() => {
  clock = new FakeClock();
  registry = new Registry({ clock, keepEndedRunsSeconds: 10 });
  producer = registry.producer();
});
const epochs = () => collectValues(producer, trainingEpoch);

/** Collects what is left once the time of all ended runs is over. */
async function epochsLater() {
  await epochs();
  clock.advance(10);
  return epochs();
}

describe('the series of a run', () => {
  test('are exported while it lives and, with what is recorded last, until its time is over', async () => {
    const run = registry.beginRun();
    const epoch = run.bind(trainingEpoch, { ...digits, 'ml.run.id': 'r1' });
    epoch.set(1);
    clock.advance(1000);
    expect(await epochs()).toEqual([1]);
    run.end();
    epoch.set(2);
    expect(await epochs()).toEqual([2]);
    clock.advance(9.5);
    expect(await epochs()).toEqual([2]);
    clock.advance(0.5);
    expect(await epochs()).toEqual([]);
    epoch.set(3);
    expect(await epochs()).toEqual([]);
  });

  test('end together, over all metrics', async () => {
    const run = registry.beginRun();
    run.bind(trainingEpoch, { ...digits, 'ml.run.id': 'r1' }).set(1);
    run.bind(trainingLoss, { ...digits, 'ml.dataset.split': 'train', 'ml.run.id': 'r1' }).set(1);
    run.end();
    expect(await epochsLater()).toEqual([]);
    expect(await collectPoints(producer, trainingLoss)).toEqual([]);
  });

  test('stay while another run of the same id holds them', async () => {
    const [first, second] = [registry.beginRun(), registry.beginRun()];
    const attributes = { ...digits, 'ml.run.id': 'r1' };
    expect(first.bind(trainingEpoch, attributes)).toBe(second.bind(trainingEpoch, attributes));
    second.bind(trainingEpoch, attributes).set(5);
    first.end();
    expect(await epochsLater()).toEqual([5]);
    second.end();
    expect(await epochsLater()).toEqual([]);
  });

  test('stay while another run without an id holds them', async () => {
    const [first, second] = [registry.beginRun(), registry.beginRun()];
    first.bind(trainingEpoch, digits).set(1);
    first.end();
    second.bind(trainingEpoch, digits);
    expect(await epochsLater()).toEqual([1]);
  });

  test.each(['before', 'after'])('stay for ever where a plain bind was made %s that of the run', async (order) => {
    if (order === 'before') registry.bind(trainingEpoch, digits);
    const run = registry.beginRun();
    run.bind(trainingEpoch, digits).set(1);
    if (order === 'after') registry.bind(trainingEpoch, digits);
    run.end();
    expect(await epochsLater()).toEqual([1]);
  });

  test('are held once, however often the run binds them', async () => {
    const run = registry.beginRun();
    for (let i = 0; i < 3; i++) run.bind(trainingEpoch, digits).set(i);
    run.end();
    expect(await epochsLater()).toEqual([]);
  });

  test('end as well where they are bound after the run has ended, or is gone', async () => {
    const run = registry.beginRun();
    run.bind(trainingEpoch, digits).set(1);
    run.end();
    run.bind(trainingEpoch, { ...digits, 'ml.run.id': 'r1' }).set(2);
    expect(await epochs()).toEqual([1, 2]);
    expect(await epochsLater()).toEqual([]);
    run.bind(trainingEpoch, digits).set(3);
    expect(await epochs()).toEqual([3]);
    expect(await epochsLater()).toEqual([]);
  });

  test('may be removed one by one before', async () => {
    const run = registry.beginRun();
    run.bind(trainingEpoch, digits).remove();
    registry.bind(trainingEpoch, digits).set(4);
    run.end();
    expect(await epochsLater()).toEqual([4]);
  });
});

describe('a run that begins under the identity of one that has ended', () => {
  test('takes its place: the last values of the other are gone at once', async () => {
    const first = registry.beginRun('digits');
    first.bind(trainingEpoch, digits).set(9);
    first.end();
    const second = registry.beginRun('digits');
    second.bind(trainingEpoch, digits);
    expect(await epochs()).toEqual([]);
    second.bind(trainingEpoch, digits).set(1);
    expect(await epochs()).toEqual([1]);
  });

  test('leaves runs alone that live, or have another identity or none', async () => {
    const others = [registry.beginRun('digits'), registry.beginRun('faces'), registry.beginRun()];
    others.forEach((run, i) => run.bind(trainingEpoch, { ...digits, 'ml.run.id': `r${i}` }).set(i));
    for (const run of others.slice(1)) run.end();
    registry.beginRun('digits');
    expect(await epochs()).toEqual([0, 1, 2]);
  });
});
