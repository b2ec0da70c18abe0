import { createRequire } from 'node:module';
import { autometrics, registerExporter } from '@autometrics/autometrics';
import type { Contender } from '../measure/interleave.ts';
import { noOps, sink } from './no-ops.ts';

export const AUTOMETRICS = { sync: 'autometrics', async: 'autometrics, async' } as const;

type AnyReader = Parameters<typeof registerExporter>[0]['metricReader'];

/** The SDK that autometrics brings, whose readers it takes. */
const sdk = createRequire(import.meta.resolve('@autometrics/autometrics'))('@opentelemetry/sdk-metrics') as {
  readonly MetricReader: abstract new () => AnyReader;
};

class Reader extends sdk.MetricReader {
  protected override onForceFlush(): Promise<void> {
    return Promise.resolve();
  }

  protected override onShutdown(): Promise<void> {
    return Promise.resolve();
  }
}

export function autometricsContenders(): readonly Contender[] {
  const reader = new Reader();
  registerExporter({ metricReader: reader });
  const options = { moduleName: 'bench', trackConcurrency: true };
  const sync = autometrics({ ...options, functionName: 'sync' }, noOps().sync);
  const async = autometrics({ ...options, functionName: 'async' }, noOps().async);
  const readBack = (name: string) => async () => {
    const { resourceMetrics } = await reader.collect();
    const metrics = resourceMetrics.scopeMetrics.flatMap((scope) => scope.metrics);
    const points = metrics.find(({ descriptor }) => descriptor.name === 'function.calls.duration')?.dataPoints ?? [];
    return (points.find(({ attributes }) => attributes['function'] === name)?.value as { count: number } | undefined)?.count ?? NaN;
  };
  return [
    {
      name: AUTOMETRICS.sync,
      run: (times) => {
        for (let i = 0; i < times; i++) sink.sum += sync(i);
      },
      readBack: readBack('sync'),
    },
    {
      name: AUTOMETRICS.async,
      run: async (times) => {
        for (let i = 0; i < times; i++) sink.sum += await async(i);
      },
      readBack: readBack('async'),
    },
  ];
}
