import { setTimeout as sleep } from 'node:timers/promises';
import { attributes, Registry, trainingMetrics as metric } from '@modelmeter/core';
import { describe, expect, test } from 'vitest';
import { type CustomRun, trainingRun } from '../../src/run/custom-run.ts';
import { useBackend } from '../backends.ts';
import { testRegistry } from '@modelmeter/test-kit/collected-values';
import { FakeClock } from '@modelmeter/test-kit/fake-clock';

const activity = attributes.trainingActivity.key;

/** A run by a fake clock, with what its time has gone on; activities without any are left out. */
function timedRun() {
  const clock = new FakeClock();
  const { registry, collect } = testRegistry({ clock });
  const run = trainingRun({ model: 'm', registry, clock, runId: false });
  const spent = async () => {
    const values = await collect();
    const seconds = values.all(metric.trainingTime).map(([has, value]) => [has[activity] as string, value as number] as const);
    return Object.fromEntries(seconds.filter(([, value]) => value > 0));
  };
  return { clock, run, collect, spent };
}

describe('the time of a loop of one’s own', () => {
  test('goes on steps, phases and what none of them covers, and adds up to the run', async () => {
    const { clock, run, collect, spent } = timedRun();
    for (let i = 0; i < 3; i++) {
      run.phase('data_wait', () => clock.advance(2));
      run.step(8, () => clock.advance(0.5));
      clock.advance(0.25);
    }
    run.phase('validation', () => clock.advance(16));
    run.phase('checkpoint', () => clock.advance(32));
    run.phase('callback', () => clock.advance(64));
    run.endEpoch();
    run.end();
    expect(await spent()).toEqual({ compile: 0.5, compute: 1, data_wait: 6, other: 0.75, validation: 16, checkpoint: 32, callback: 64 });
    const values = await collect();
    expect(values.value(metric.trainingStepDuration)).toBe(1);
    expect(values.value(metric.trainingEpochDuration)).toBe(120.25);
    expect(values.value(metric.trainingRunDuration)).toBe(120.25);
    expect(values.value(metric.trainingRunEndTime)).toBe((values.value(metric.trainingRunStartTime) as number) + 120.25);
  });

  test('of a phase inside a step, or of one inside another, is no part of what is around it', async () => {
    const { clock, run, collect, spent } = timedRun();
    run.step(1, () => clock.advance(1));
    run.step(1, () => {
      clock.advance(2);
      run.phase('data_wait', () => clock.advance(4));
      clock.advance(2);
    });
    run.phase('validation', () => {
      run.phase('checkpoint', () => clock.advance(8));
      run.step(1, () => clock.advance(16));
      clock.advance(32);
    });
    run.end();
    expect(await spent()).toEqual({ compile: 1, compute: 4 + 16, data_wait: 4, checkpoint: 8, validation: 32 });
    const values = await collect();
    expect(values.count(metric.trainingStepDuration)).toBe(2);
    expect(values.value(metric.trainingStepDuration)).toBe(20);
  });

  test('of asynchronous steps and phases lasts until they settle', async () => {
    const { clock, run, spent } = timedRun();
    const later = async (seconds: number) => {
      await sleep(1);
      clock.advance(seconds);
      return seconds;
    };
    expect(await run.phase('data_wait', () => later(2))).toBe(2);
    expect(await run.step(8, () => later(4))).toBe(4);
    expect(await run.step(8, () => later(8))).toBe(8);
    run.end();
    expect(await spent()).toEqual({ data_wait: 2, compile: 4, compute: 8 });
  });

  test.each<[string, (run: CustomRun, work: () => never) => unknown]>([
    ['step', (run, work) => run.step(8, work)],
    ['asynchronous step', (run, work) => run.step(8, async () => work())],
    ['phase', (run, work) => run.phase('validation', work)],
    ['asynchronous phase', (run, work) => run.phase('validation', async () => work())],
  ])('goes on after a %s that throws; a step that does is none, and the error passes through', async (_what, begin) => {
    const { clock, run, collect, spent } = timedRun();
    const error = new Error('full');
    const work = () => {
      clock.advance(1);
      throw error;
    };
    await expect((async () => begin(run, work))()).rejects.toBe(error);
    clock.advance(2);
    run.step(8, () => clock.advance(4));
    run.end();
    expect(await spent()).toMatchObject({ other: 2 });
    const values = await collect();
    expect(values.value(metric.trainingSteps)).toBe(1);
    expect(values.value(metric.trainingSamples)).toBe(8);
    expect(values.value(metric.trainingRunDuration)).toBe(7);
  });

  test('is absent where steps are only handed to a device, by the back end or because it is said', async () => {
    const tf = await useBackend('cpu');
    const dispatching = { ...tf, getBackend: () => 'webgl' };
    for (const options of [{ tf: dispatching }, { timing: 'dispatch' }, { tf, timing: 'dispatch' }] as const) {
      const { registry, collect } = testRegistry();
      const run = trainingRun({ model: 'm', registry, ...options });
      for (let i = 0; i < 3; i++) run.step(1, () => {});
      run.end();
      const values = await collect();
      expect(values.all(metric.trainingTime)).toEqual([]);
      expect(values.count(metric.trainingStepDuration, { [attributes.timing.key]: 'dispatch' })).toBe(2);
    }
  });

  test('a clock or a registry that fails does not reach the loop', async () => {
    const { registry, collect } = testRegistry();
    const clock = new FakeClock();
    const run = trainingRun({ model: 'm', registry, clock });
    clock.monotonicSeconds = () => {
      throw new Error('stopped');
    };
    expect(run.step(1, () => 7)).toBe(7);
    expect(run.phase('validation', () => 8)).toBe(8);
    expect(await run.track(async () => 9)).toBe(9);
    expect((await collect()).value(metric.trainingRunActive)).toBe(0);
    const broken = new Registry();
    const other = trainingRun({ model: 'm', registry: broken });
    broken.bind = () => {
      throw new Error('full');
    };
    expect(other.step(1, () => 7)).toBe(7);
    other.endEpoch({ loss: 1 });
    other.end();
  });
});
