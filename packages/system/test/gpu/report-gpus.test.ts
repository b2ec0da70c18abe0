import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { collectorUp, gpuMetrics, type MetricDefinition, dropped } from '@modelmeter/core';
import { type CollectedValues, testRegistry } from '@modelmeter/test-kit/collected-values';
import { FakeClock } from '@modelmeter/test-kit/fake-clock';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { type GpuOptions, reportGpus } from '../../src/gpu/report-gpus.ts';
import type { Behaviour } from './fake-nvidia-smi.ts';
import { gpuLine, H100, H200_IN_MIG_MODE } from './gpu-cells.ts';
import { type Fake, lives, makeFake, type ShellScript } from './start-fake.ts';

const { gpuUtilization, gpuMemoryUsage, gpuMemoryUtilization, hardwareEnergy, hardwareErrors, hardwarePower } = gpuMetrics;
const H100_ID = H100.uuid;
const MIG_ID = H200_IN_MIG_MODE.uuid;
const intervalSeconds = 0.05;
const ticks = (count: number) => count * intervalSeconds * 1000;

interface Reported {
  readonly fake: Fake;
  readonly clock: FakeClock;
  readonly collect: () => Promise<CollectedValues>;
  readonly stop: () => void;
  /** Waits until a metric has the value, with the attributes; undefined: until it is absent. */
  readonly until: (metric: MetricDefinition, value: number | undefined, attributes?: Record<string, unknown>) => Promise<void>;
}

function report(behaviour: Behaviour | ShellScript, gpus = [H100], options: GpuOptions = {}): Reported {
  const fake = makeFake(behaviour, gpus);
  const clock = new FakeClock();
  const { registry, collect } = testRegistry({ clock });
  const stop = reportGpus(registry, { nvidiaSmi: fake.program, intervalSeconds, clock, ...options });
  onTestFinished(stop);
  const until: Reported['until'] = (metric, value, attributes = {}) =>
    eventually(async () => expect((await collect()).value(metric, attributes)).toBe(value));
  return { fake, clock, collect, stop, until };
}

function eventually(assertion: () => void | Promise<void>): Promise<void> {
  return vi.waitFor(assertion, { timeout: 15_000, interval: 10 });
}

/** Every series of every GPU metric. */
function allOf(values: CollectedValues): number {
  return gpuMetrics.gpuDefinitions.reduce((count, definition) => count + values.all(definition).length, 0);
}

test('every value of a GPU is reported, by the semantic conventions', async () => {
  const { until, collect, fake } = report('replays');
  await until(collectorUp, 1);
  const values = await collect();
  const reported = gpuMetrics.gpuDefinitions.flatMap((metric) =>
    values.all(metric).map(([attributes, value]) => [metric.name, metric.unit, attributes, value]),
  );
  const component = { 'hw.id': H100_ID, 'hw.type': 'gpu', 'hw.name': 'NVIDIA H100 80GB HBM3' };
  const gpu = { ...component, 'hw.vendor': 'NVIDIA' };
  expect(reported).toEqual([
    ['hw.gpu.utilization', '1', { ...gpu, 'hw.gpu.task': 'general' }, 0.87],
    ['hw.gpu.utilization', '1', { ...gpu, 'hw.gpu.task': 'encoder' }, 0],
    ['hw.gpu.utilization', '1', { ...gpu, 'hw.gpu.task': 'decoder' }, 0.25],
    ['hw.gpu.memory.usage', 'By', gpu, 21_474_836_480],
    ['hw.gpu.memory.limit', 'By', gpu, 85_899_345_920],
    ['hw.gpu.memory.utilization', '1', gpu, 0.25],
    ['hw.power', 'W', component, 412.5],
    ['hw.energy', 'J', component, 0],
    ['hw.temperature', 'Cel', { ...component, 'hw.sensor_location': 'gpu' }, 61],
    ['hw.temperature', 'Cel', { ...component, 'hw.sensor_location': 'memory' }, 72],
    ['hw.errors', '{error}', { ...component, 'error.type': 'corrected' }, 3],
    ['hw.errors', '{error}', { ...component, 'error.type': 'uncorrected' }, 0],
  ]);
  expect(values.value(collectorUp, { collector: 'gpu' })).toBe(1);
  expect(fake.starts()).toHaveLength(1);
  expect(fake.starts()[0]?.args).toMatch(/^--query-gpu=uuid,\S+,name --format=csv,noheader,nounits -lms 50$/);
});

test('values change as the GPU does, what becomes unknown is absent, and energy adds up', async () => {
  const { fake, until, collect } = report('replays');
  await until(hardwarePower, 412.5);
  fake.setGpus([{ ...H100, timestamp: '2026/09/01 20:47:29.370', 'power.draw': '387.50', 'ecc.errors.corrected.volatile.total': '[N/A]' }]);
  await until(hardwareEnergy, 20);
  const values = await collect();
  expect(values.value(hardwarePower)).toBe(387.5);
  expect(values.value(hardwareErrors, { 'error.type': 'corrected' })).toBeUndefined();
  expect(values.value(hardwareErrors, { 'error.type': 'uncorrected' })).toBe(0);
});

test('each GPU of several is reported; one that disappears is absent, and the others stay', async () => {
  const { fake, clock, until, collect } = report('replays', [H100, H200_IN_MIG_MODE]);
  await until(hardwarePower, 130.44, { 'hw.id': MIG_ID });
  const both = await collect();
  expect(both.value(hardwarePower, { 'hw.id': H100_ID })).toBe(412.5);
  expect(both.all(gpuUtilization).map(([attributes]) => attributes['hw.id'])).toEqual([H100_ID, H100_ID, H100_ID]);
  expect(both.value(gpuMemoryUsage, { 'hw.id': MIG_ID })).toBe(44 * 1024 ** 2);

  fake.setGpus([
    { ...H100, uuid: '[GPU is lost]' },
    { ...H200_IN_MIG_MODE, 'power.draw': '140.00' },
  ]);
  await until(hardwarePower, 140, { 'hw.id': MIG_ID });
  clock.advance(1);
  await until(hardwarePower, undefined, { 'hw.id': H100_ID });
  await until(hardwarePower, 140, { 'hw.id': MIG_ID });
  expect((await collect()).all(gpuMemoryUtilization)).toHaveLength(1);

  fake.setGpus([H100, { ...H200_IN_MIG_MODE, name: '[Unknown Error]' }]);
  await until(hardwarePower, 412.5, { 'hw.id': H100_ID });
  await until(hardwarePower, 130.44, { 'hw.id': MIG_ID, 'hw.name': 'NVIDIA H200' });
});

describe('when nvidia-smi hangs', () => {
  test.for<Behaviour>(['hangs after its first rows', 'hangs and ignores SIGTERM'])(
    'and %s, its values are absent after three intervals, and after 30 s another one is started',
    async (behaviour) => {
      const { fake, clock, until, collect } = report(behaviour);
      await until(collectorUp, 1);
      clock.advance(0.125);
      await sleep(ticks(4));
      expect((await collect()).value(hardwarePower)).toBe(412.5);

      clock.advance(0.125);
      await until(collectorUp, 0);
      expect(allOf(await collect())).toBe(0);
      expect(fake.starts()).toHaveLength(1);

      fake.setBehaviour('replays');
      clock.advance(32);
      await eventually(() => expect(lives(fake.starts()[0]?.pid ?? NaN)).toBe(false));
      clock.advance(1);
      await until(hardwarePower, 412.5);
      await until(collectorUp, 1);
    },
  );

  test('from its start on, the collector is down after 30 s', async () => {
    const { clock, collect, fake, until } = report('says nothing');
    await eventually(() => expect(fake.starts()).toHaveLength(1));
    expect((await collect()).all(collectorUp)).toEqual([]);
    clock.advance(32);
    await until(collectorUp, 0);
    expect(allOf(await collect())).toBe(0);
  });
});

describe('when nvidia-smi ends', () => {
  test.for<Behaviour>(['has no driver', 'finds no devices', 'knows no field'])(
    'because it %s, nothing is reported and the collector is down',
    async (behaviour) => {
      const { collect, until } = report(behaviour);
      await until(collectorUp, 0);
      expect(allOf(await collect())).toBe(0);
      expect((await collect()).value(dropped, { reason: 'collect_error' })).toBeGreaterThan(0);
    },
  );

  /** Waits until it has been started so often, and has ended again. */
  async function untilEnded({ fake }: Reported, starts: number): Promise<void> {
    await eventually(() => expect(fake.starts()).toHaveLength(starts));
    // Not even as a zombie, so that its end has been seen here.
    await eventually(() => expect(existsSync(`/proc/${fake.starts().at(-1)?.pid}`)).toBe(false));
    await sleep(50);
  }

  test.for([
    ['writes a row and ends', 300, `echo '${gpuLine(H100)}'`],
    ['has no driver', 3600, 'exit 9'],
  ] as const)('because it %s, it is started again after 1 s, 2 s, 4 s and so on, up to %i s', async ([, maxSeconds, script]) => {
    const reported = report({ script }, [], { intervalSeconds: 0.02 });
    let starts = 1;
    await untilEnded(reported, starts);
    for (let seconds = 1; seconds < 4 * maxSeconds; seconds *= 2) {
      const waited = Math.min(seconds, maxSeconds);
      reported.clock.advance(waited - 0.5);
      await sleep(ticks(2));
      expect(reported.fake.starts()).toHaveLength(starts);
      reported.clock.advance(0.5);
      await untilEnded(reported, ++starts);
    }
  });

  test('after it was well for a minute, it is started again after 1 s', async () => {
    const reported = report('has no driver');
    const { fake, clock, until } = reported;
    await untilEnded(reported, 1);
    clock.advance(1);
    await untilEnded(reported, 2);
    fake.setBehaviour('replays');
    clock.advance(2);
    await until(hardwarePower, 412.5);
    for (const watts of [290, 295, 300]) {
      // At once it would be a minute in which nothing was said.
      clock.advance(25);
      fake.setGpus([{ ...H100, 'power.draw': `${watts}.00` }]);
      await until(hardwarePower, watts);
    }
    process.kill(fake.starts()[2]?.pid ?? NaN, 'SIGKILL');
    await untilEnded(reported, 3);
    clock.advance(1);
    await eventually(() => expect(fake.starts()).toHaveLength(4));
  });

  test('after its first rows, they stay until they are too old', async () => {
    const { fake, clock, until } = report('ends after its first rows');
    await until(hardwarePower, 412.5);
    await eventually(() => expect(lives(fake.starts()[0]?.pid ?? NaN)).toBe(false));
    await until(collectorUp, 1);
    fake.setBehaviour('has no driver');
    clock.advance(0.25);
    await until(hardwarePower, undefined);
    await until(collectorUp, 0);
    fake.setBehaviour('replays');
    clock.advance(1);
    await until(hardwarePower, 412.5);
    expect(fake.starts()).toHaveLength(2);
  });

  test('over a field that it does not know, it is asked at once without it', async () => {
    const { fake, until, collect } = report('does not know the newest fields');
    await until(hardwarePower, 412.5);
    const values = await collect();
    expect(values.all(gpuUtilization).map(([attributes]) => attributes['hw.gpu.task'])).toEqual(['general']);
    expect(values.value(hardwareErrors, { 'error.type': 'corrected' })).toBe(3);
    expect(values.value(collectorUp)).toBe(1);
    expect(fake.starts()).toHaveLength(4);
    expect(fake.starts()[3]?.args).not.toMatch(/mig|coder/);
  });
});

describe('when the output is bad', () => {
  test.for<Behaviour>(['writes rubbish between rows', 'writes in small pieces'])('and it %s, the rows are read', async (behaviour) => {
    const { until, collect } = report(behaviour);
    await until(collectorUp, 1);
    expect(allOf(await collect())).toBe(12);
    expect((await collect()).value(hardwarePower)).toBe(412.5);
  });

  test('and there is nothing but rubbish, the collector is down', async () => {
    const { fake, clock, until, collect } = report('writes rubbish alone');
    await eventually(() => expect(fake.starts()).toHaveLength(1));
    clock.advance(32);
    await until(collectorUp, 0);
    expect(allOf(await collect())).toBe(0);
  });

  test.for<Behaviour>(['writes lines without end', 'writes a line without end'])('and it %s, it is ended', async (behaviour) => {
    const { fake, until } = report(behaviour);
    await until(collectorUp, 0);
    await eventually(() => expect(lives(fake.starts()[0]?.pid ?? NaN)).toBe(false));
    expect(fake.starts()).toHaveLength(1);
  });
});

test('where there is no nvidia-smi nothing is reported, the collector included, and it is not tried again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'no-nvidia-smi-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'not-executable'), '#!/bin/sh\n');
  for (const nvidiaSmi of ['no-such-nvidia-smi', join(folder, 'nvidia-smi'), join(folder, 'not-executable')]) {
    const { clock, collect } = report('replays', [H100], { nvidiaSmi });
    await sleep(50);
    clock.advance(10_000);
    await sleep(ticks(4));
    const values = await collect();
    expect(values.all(collectorUp)).toEqual([]);
    expect(allOf(values)).toBe(0);
    expect(values.value(dropped, { reason: 'collect_error' })).toBe(0);
  }
});

test('values are there when the event loop was blocked for longer than they may be old', async () => {
  const fake = makeFake('replays', [H100]);
  const { registry, collect } = testRegistry();
  onTestFinished(reportGpus(registry, { nvidiaSmi: fake.program, intervalSeconds: 0.1 }));
  await eventually(async () => expect((await collect()).value(hardwarePower)).toBe(412.5));
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);
  expect((await collect()).value(hardwarePower)).toBe(412.5);
  await setImmediate();
  expect((await collect()).value(hardwarePower)).toBe(412.5);
  expect((await collect()).value(collectorUp)).toBe(1);
});

describe('visibleDevices', () => {
  test('restricts what is reported', async () => {
    const { until, collect } = report('replays', [H100, H200_IN_MIG_MODE], { visibleDevices: '1' });
    await until(hardwarePower, 130.44);
    expect((await collect()).all(hardwarePower)).toHaveLength(1);
  });

  test('that show nothing on this host leave the collector up', async () => {
    const { until, collect } = report('replays', [H100], { visibleDevices: 'GPU-ffff' });
    await until(collectorUp, 1);
    expect(allOf(await collect())).toBe(0);
  });

  test.for(['', '-1'])('of %j starts nothing', async (visibleDevices) => {
    const { fake, collect } = report('replays', [H100], { visibleDevices });
    await sleep(300);
    expect(fake.starts()).toEqual([]);
    expect((await collect()).all(collectorUp)).toEqual([]);
  });
});

test.for<Behaviour>(['replays', 'hangs and ignores SIGTERM'])('stopping one that %s ends it and removes its series', async (behaviour) => {
  const { fake, stop, until, collect } = report(behaviour, [H100, H200_IN_MIG_MODE]);
  await until(collectorUp, 1);
  const listeners = process.listenerCount('exit');
  stop();
  stop();
  expect(process.listenerCount('exit')).toBe(listeners - 1);
  const values = await collect();
  expect(allOf(values)).toBe(0);
  expect(values.all(collectorUp)).toEqual([]);
  await eventually(() => expect(lives(fake.starts()[0]?.pid ?? NaN)).toBe(false));
  await sleep(ticks(4));
  expect(fake.starts()).toHaveLength(1);
});

test.each<[options: object, message: string]>([
  [{ nvidiaSmi: '' }, 'nvidiaSmi is "", not a program'],
  [{ nvidiaSmi: 5 }, 'nvidiaSmi is 5, not a program'],
  [{ intervalSeconds: 0 }, 'intervalSeconds is 0, not a number from 0.01 to 3600'],
  [{ intervalSeconds: NaN }, 'intervalSeconds is NaN, not a number from 0.01 to 3600'],
  [{ visibleDevices: 1 }, 'visibleDevices is of type number, not a value of CUDA_VISIBLE_DEVICES'],
])('%j is refused', (options, message) => {
  expect(() => reportGpus(testRegistry().registry, options)).toThrow(message);
});
