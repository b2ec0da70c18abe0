import type { Registry } from '@modelmeter/core';
import { diag } from '@opentelemetry/api';
import type { IMetricReader, MeterProvider } from '@opentelemetry/sdk-metrics';
import { flushReaders } from './flush-readers.ts';
import type { Metrics } from './metrics.ts';
import type { LastFlush } from './process-end.ts';

export interface Running {
  readonly registry: Registry;
  readonly meterProvider: MeterProvider;
  readonly readers: readonly IMetricReader[];
  readonly flushTimeoutMillis: number;
  /** What the Prometheus exporter serves. */
  readonly page: Pick<Metrics, 'url' | 'handler' | 'text'>;
}

/** The `Metrics` of a provider that runs, and what the end of the process calls. */
export function runningMetrics(running: Running, close: () => Promise<void>): { metrics: Metrics; lastFlush: LastFlush } {
  const { registry, meterProvider, readers, flushTimeoutMillis, page } = running;
  let ended: Promise<boolean> | undefined;

  function lastFlush(): Promise<boolean> {
    return ended ?? flushReaders(readers, flushTimeoutMillis);
  }
  async function end(): Promise<boolean> {
    const isDone = await meterProvider.shutdown({ timeoutMillis: flushTimeoutMillis }).then(
      () => true,
      (error: unknown) => {
        diag.warn('modelmeter: shutdown did not export the last values', error);
        return false;
      },
    );
    await close();
    return isDone;
  }
  const metrics: Metrics = {
    ...page,
    registry,
    meterProvider,
    flush: async () => void (await lastFlush()),
    shutdown: async () => void (await (ended ??= end())),
  };
  return { metrics, lastFlush };
}
