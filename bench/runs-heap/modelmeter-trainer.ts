import { type BoundGauge, deltaTemporality, Registry, trainingMetrics } from '@modelmeter/core';
import { PrometheusReader } from '@modelmeter/sdk';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { DirectReader } from '../measure/direct-reader.ts';
import { runMetrics, withRunId } from './run-metrics.ts';
import { RUNS_KEPT, type Trainer } from './trainer.ts';

const { trainingSteps, trainingStepDuration } = trainingMetrics;

/** Ours, read by a Prometheus reader and by a delta producer. */
export function modelmeterTrainer(): Trainer {
  const registry = new Registry({ keepEndedRuns: RUNS_KEPT });
  const prometheus = new PrometheusReader({ registry });
  const delta = new DirectReader({ metricProducers: [registry.producer({ temporality: deltaTemporality })] });
  const _provider = new MeterProvider({ readers: [prometheus, delta] });
  return {
    run: (number) => {
      const run = registry.beginRun();
      registry.bind(trainingSteps, { 'ml.model.name': 'digits' }).add();
      registry.bind(trainingStepDuration, { 'ml.model.name': 'digits', 'ml.timing': 'complete' }).record(0.01);
      for (const { definition, attributes } of runMetrics) (run.bind(definition, withRunId(attributes, number)) as BoundGauge).set(number);
      run.end();
    },
    collect: async () => {
      await delta.collect();
      return (await prometheus.text()).split('\n').filter((line) => line.includes('ml_run_id=')).length;
    },
  };
}
