import type { Registry } from '@modelmeter/core';
import { diag } from '@opentelemetry/api';
import type { IMetricReader, MeterProvider } from '@opentelemetry/sdk-metrics';
import { flushReaders } from './flush-readers.ts';
import type { Metrics } from './metrics.ts';

export interface Running {
  readonly registry: Registry;
  readonly meterProvider: MeterProvider;
  readonly readers: readonly IMetricReader[];
  readonly flushTimeoutMillis: number;
  /** What the Prometheus exporter serves. */
  readonly page: Pick<Metrics, 'url' | 'handler' | 'text'>;
  readonly closeServer: () => Promise<void>;
  /** Gives back what others must not find any more, before the end begins. */
  readonly withdraw: () => void;
  /** Gives back what is left once the last values are out. */
  readonly release: () => void;
}

/** The `Metrics` of a provider that runs, and the flush that tells whether it was done in time. */
export function runningMetrics(running: Running): { metrics: Metrics; flush: () => Promise<boolean> } {
  const { registry, meterProvider, readers, flushTimeoutMillis, page, closeServer, withdraw, release } = running;
  let ended: Promise<boolean> | undefined;

  const flush = () => ended ?? flushReaders(readers, flushTimeoutMillis);

  async function end(): Promise<boolean> {
    withdraw();
    const results = await Promise.allSettled([meterProvider.shutdown({ timeoutMillis: flushTimeoutMillis }), closeServer()]);
    release();
    for (const result of results) if (result.status === 'rejected') diag.warn('modelmeter: shutdown was not complete', result.reason);
    return results.every(({ status }) => status === 'fulfilled');
  }

  const metrics: Metrics = {
    ...page,
    registry,
    meterProvider,
    flush: async () => void (await flush()),
    shutdown: async () => void (await (ended ??= end())),
  };
  return { metrics, flush };
}
