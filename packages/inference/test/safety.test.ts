import { setImmediate } from 'node:timers/promises';
import { dropped, Registry } from '@modelmeter/core';
import { type InferenceMetrics, measureInference } from '@modelmeter/inference';
import { CollectedValues } from '@modelmeter/test-kit/collected-values';
import { FakeClock } from '@modelmeter/test-kit/fake-clock';
import { expect, test } from 'vitest';

/** All that a model is asked, and what came of it. */
async function useOf(metrics: InferenceMetrics): Promise<unknown[]> {
  const error = new Error('no');
  const fail = () => {
    throw error;
  };
  const outcome = async (action: () => unknown) => {
    try {
      return await action();
    } catch (thrown) {
      return [thrown === error];
    }
  };
  const generator = metrics.wrap(function* () {
    yield 1;
    return 2;
  });
  const leave = metrics.enqueue();
  leave();
  return [
    await outcome(metrics.wrap(() => 7)),
    await outcome(metrics.wrap(async () => setImmediate(7))),
    await outcome(metrics.wrap(fail)),
    await outcome(metrics.wrap(async () => fail())),
    await outcome(() => [...generator()]),
    await outcome(metrics.wrap(() => 7, { batchSize: fail })),
    await outcome(metrics.wrap(() => 7, { classifyResult: fail })),
    await outcome(() => metrics.stage('preprocess', () => 7)),
    await outcome(() => metrics.run(() => metrics.stage('preprocess', fail))),
    await outcome(() => metrics.load(async () => 7)),
    await outcome(() => metrics.warmUp(async () => 7)),
    await outcome(() => metrics.begin().within(() => 7)),
    await outcome(() => metrics.begin().end()),
    await outcome(() => metrics.begin().fail(error)),
  ];
}

const UNDISTURBED = [7, 7, [true], [true], [1], 7, 7, 7, [true], 7, 7, 7, undefined, undefined];

test('all of it works where nothing fails', async () => {
  expect(await useOf(measureInference({ model: 'digits', registry: new Registry() }))).toEqual(UNDISTURBED);
});

test('a clock that throws is counted and changes nothing else', async () => {
  const registry = new Registry();
  const clock = new FakeClock();
  clock.monotonicSeconds = () => {
    throw new Error('broken clock');
  };
  const producer = registry.producer();
  expect(await useOf(measureInference({ model: 'digits', registry, clock }))).toEqual(UNDISTURBED);
  const values = await CollectedValues.of(producer);
  expect(values.value(dropped, { reason: 'hook_error' })).toBeGreaterThan(10);
});

test('a registry whose instruments throw changes nothing', async () => {
  const registry = new Registry();
  const beginRun = registry.beginRun.bind(registry);
  let isBroken = false;
  registry.beginRun = (identity) => {
    const run = beginRun(identity);
    const bind = run.bind.bind(run);
    run.bind = ((...args: Parameters<typeof bind>) => {
      if (isBroken) throw new Error('broken registry');
      return new Proxy(bind(...args), {
        get: (instrument, name) => {
          if (isBroken) throw new Error(`broken ${String(name)}`);
          const member: unknown = Reflect.get(instrument, name);
          return typeof member === 'function' ? member.bind(instrument) : member;
        },
      });
    }) as typeof run.bind;
    return run;
  };
  const metrics = measureInference({ model: 'digits', registry, objective: { latencySeconds: 1, target: 0.9 } });
  expect(await useOf(metrics)).toEqual(UNDISTURBED);
  isBroken = true;
  expect(await useOf(metrics)).toEqual(UNDISTURBED);
});
