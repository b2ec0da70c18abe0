import { attributes, type Clock, Registry, systemClock, trainingMetrics as metric } from '@modelmeter/core';
import type { FitCallback } from '../src/fit/fit-callback.ts';
import { fitMetrics } from '../src/fit/fit-metrics.ts';
import type { TensorFlow } from './backends.ts';
import { CollectedValues } from '@modelmeter/test-kit/collected-values';
import type { Program } from './random-program.ts';

/** Our callback with the fault of a program in what it stands on, and what can still be seen of it. */
export function faultyMetrics(tf: TensorFlow, program: Program) {
  const { fault, faultAtCall } = program;
  const registry = new Registry(fault === 'full' ? { maxSeriesPerMetric: 2, attributeLimits: { [attributes.modelName.key]: 1 } } : {});
  const producer = registry.producer();
  const failing = <F extends (...args: never[]) => unknown>(healthy: F): F => {
    let calls = 0;
    return ((...args: never[]) => {
      if (calls++ >= faultAtCall) throw new Error(`${fault} is broken`);
      return healthy(...args);
    }) as F;
  };
  const clock: Clock = {
    monotonicSeconds: fault === 'clock' ? failing(() => systemClock.monotonicSeconds()) : () => systemClock.monotonicSeconds(),
    unixSeconds: fault === 'Unix clock' ? failing(() => systemClock.unixSeconds()) : () => systemClock.unixSeconds(),
  };
  if (fault === 'bind' || fault === 'beginRun' || fault === 'drop' || fault === 'onCollect') {
    registry[fault] = failing(registry[fault].bind(registry) as never);
  }
  const given = {
    ...tf,
    ...(program.isDeviceAsynchronous && { getBackend: () => 'webgl' }),
    ...(fault === 'memory' && { memory: failing(tf.memory) }),
  };
  const scraping = fault === 'scraped' ? setInterval(() => void producer.collect().then(() => new Promise(() => {})), 1) : undefined;
  return {
    callback: fitMetrics(given, { ...program.options, registry, clock }) satisfies FitCallback,
    /** Runs that have begun and not ended. */
    active: async () => {
      clearInterval(scraping);
      const active = (await CollectedValues.of(producer)).all(metric.trainingRunActive);
      return active.reduce((sum, [, count]) => sum + (count as number), 0);
    },
  };
}
