import { Registry, trainingMetrics as metric } from '@modelmeter/core';
import { fitMetrics } from '@modelmeter/tfjs';
import { AggregationTemporality, MeterProvider, PeriodicExportingMetricReader, type PushMetricExporter } from '@opentelemetry/sdk-metrics';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';

/** Takes what it is given, and does not say that it is done until it is let go of. */
class HangingExporter implements PushMetricExporter {
  exports = 0;
  #waiting: (() => void)[] | undefined = [];

  export(_metrics: unknown, onDone: (result: { code: number }) => void): void {
    this.exports++;
    if (this.#waiting) this.#waiting.push(() => onDone({ code: 0 }));
    else onDone({ code: 0 });
  }

  letGo(): void {
    for (const done of this.#waiting ?? []) done();
    this.#waiting = undefined;
  }

  forceFlush(): Promise<void> {
    return Promise.resolve();
  }

  shutdown(): Promise<void> {
    return Promise.resolve();
  }

  selectAggregationTemporality(): AggregationTemporality {
    return AggregationTemporality.CUMULATIVE;
  }
}

test('a fit ends as it does without us while an exporter hangs', async () => {
  const exporter = new HangingExporter();
  const registry = new Registry();
  const reader = new PeriodicExportingMetricReader({
    exporter,
    exportIntervalMillis: 5,
    exportTimeoutMillis: 5,
    metricProducers: [registry.producer()],
  });
  const provider = new MeterProvider({ readers: [reader] });
  const [xs, ys] = [tf.randomUniform([64, 4], 0, 1, 'float32', 1), tf.randomUniform([64, 1], 0, 1, 'float32', 2)];
  const fit = async (callbacks: ReturnType<typeof fitMetrics>[]) => {
    const kernelInitializer = tf.initializers.glorotUniform({ seed: 1 });
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [4], kernelInitializer })] });
    model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
    // A turn of the event loop after each step, for the exports.
    const turning = new tf.CustomCallback({ onBatchEnd: () => new Promise((resolve) => setTimeout(resolve, 1)) }, 'never');
    const args = { epochs: 3, batchSize: 4, shuffle: false, verbose: 0, callbacks: [...callbacks, turning] };
    return (await model.fit(xs, ys, args)).history;
  };
  const without = await fit([]);
  expect(await fit([fitMetrics(tf, { registry, yieldEverySeconds: 0 })])).toEqual(without);
  expect(exporter.exports).toBeGreaterThan(1);
  const snapshot = registry.openReader().collect();
  const active = snapshot.families.find(({ definition }) => definition.name === metric.trainingRunActive.name)?.series[0];
  expect(active && snapshot.valuesOf(active)[0]).toBe(0);
  exporter.letGo();
  await provider.shutdown();
});
