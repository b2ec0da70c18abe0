import type { Registry } from '@modelmeter/core';
import { type ResourceOptions, reportResources } from '@modelmeter/system';
import type { MeterProvider } from '@opentelemetry/api';
import { instrumentRuntime } from './instrument-runtime.ts';

/** Reports what the process and the machine do, beside the models. @returns ends it. */
export function reportSystem(registry: Registry, meterProvider: MeterProvider, options: ResourceOptions): () => void {
  const stop = reportResources({ ...options, registry });
  if (options.process === false) return stop;
  const stopRuntime = instrumentRuntime(meterProvider);
  return () => {
    stopRuntime();
    stop();
  };
}
