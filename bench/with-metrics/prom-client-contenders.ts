import { inferenceMetrics as metric } from '@modelmeter/core';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Contender } from '../measure/interleave.ts';
import { noOps, sink } from './no-ops.ts';

export const PROM_CLIENT = { sync: 'prom-client by hand', async: 'prom-client by hand, async' } as const;

/** A counter, a histogram and a gauge around a function as its documentation shows them, with what `labels()` returns kept. */
export function promClientContenders(): readonly Contender[] {
  const registry = new Registry();
  const labels = { version: '3', operation: 'classify' };
  const settings = { help: 'Measured.', labelNames: ['model', 'version', 'operation'], registers: [registry] };
  const requests = new Counter({ ...settings, name: 'bench_requests_total', labelNames: [...settings.labelNames, 'error_type'] });
  const durations = new Histogram({ ...settings, name: 'bench_duration_seconds', buckets: [...metric.inferenceDuration.bounds] });
  const active = new Gauge({ ...settings, name: 'bench_active_requests' });
  const bound = (model: string) => ({
    succeeded: requests.labels({ ...labels, model, error_type: '' }),
    failed: requests.labels({ ...labels, model, error_type: '_OTHER' }),
    duration: durations.labels({ ...labels, model }),
    active: active.labels({ ...labels, model }),
  });
  const ofSync = bound('sync');
  const ofAsync = bound('async');
  const { sync, async } = noOps();

  function measuredSync(value: number): number {
    ofSync.active.inc();
    const start = performance.now();
    try {
      const result = sync(value);
      ofSync.succeeded.inc();
      return result;
    } catch (error) {
      ofSync.failed.inc();
      throw error;
    } finally {
      ofSync.duration.observe((performance.now() - start) / 1000);
      ofSync.active.dec();
    }
  }

  async function measuredAsync(value: number): Promise<number> {
    ofAsync.active.inc();
    const start = performance.now();
    try {
      const result = await async(value);
      ofAsync.succeeded.inc();
      return result;
    } catch (error) {
      ofAsync.failed.inc();
      throw error;
    } finally {
      ofAsync.duration.observe((performance.now() - start) / 1000);
      ofAsync.active.dec();
    }
  }

  const readBack = (model: string) => async () =>
    Number(new RegExp(`^bench_duration_seconds_count\\{.*model="${model}".*\\} (.*)$`, 'm').exec(await registry.metrics())?.[1]);
  return [
    {
      name: PROM_CLIENT.sync,
      run: (times) => {
        for (let i = 0; i < times; i++) sink.sum += measuredSync(i);
      },
      readBack: readBack('sync'),
    },
    {
      name: PROM_CLIENT.async,
      run: async (times) => {
        for (let i = 0; i < times; i++) sink.sum += await measuredAsync(i);
      },
      readBack: readBack('async'),
    },
  ];
}
