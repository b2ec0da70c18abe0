import { Registry } from '@modelmeter/core';
import { reportResources } from '@modelmeter/system';
import { HostMetricsInstrumentation } from '@opentelemetry/instrumentation-host-metrics';
import { RuntimeNodeInstrumentation } from '@opentelemetry/instrumentation-runtime-node';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { collectDefaultMetrics, Registry as PromClientRegistry } from 'prom-client';
import { currentLoad, disksIO, fsSize, mem, networkStats } from 'systeminformation';
import { DirectReader } from '../measure/direct-reader.ts';

/** Collects everything once; @returns how many series there were. */
export type Collect = () => Promise<number>;

/** Whatever is called a collection of everything. Of what each collects anew, nothing is kept from one to the next. */
export const COLLECTORS = {
  modelmeter: () => {
    const registry = new Registry();
    const reader = registry.openReader();
    reportResources({ registry, hostLock: false });
    return async () => {
      let series = 0;
      for (const family of reader.collect().families) series += family.series.length;
      return series;
    };
  },
  'modelmeter + runtime-node': () => {
    const registry = new Registry();
    const reader = new DirectReader({ metricProducers: [registry.producer()] });
    reportResources({ registry, hostLock: false });
    instrumentRuntime(reader);
    return () => collected(reader);
  },
  'host-metrics + runtime-node': () => {
    const reader = new DirectReader();
    const host = new HostMetricsInstrumentation({ enabled: false });
    host.setMeterProvider(instrumentRuntime(reader));
    host.enable();
    return () => collected(reader);
  },
  'prom-client collectDefaultMetrics': () => {
    const register = new PromClientRegistry();
    collectDefaultMetrics({ register });
    return async () => (await register.getMetricsAsJSON()).reduce((sum, { values }) => sum + values.length, 0);
  },
  systeminformation: () => async () => {
    const [, , filesystems, , interfaces] = await Promise.all([currentLoad(), mem(), fsSize(), disksIO(), networkStats('*')]);
    return filesystems.length + interfaces.length;
  },
} satisfies Record<string, () => Collect>;

export type CollectorName = keyof typeof COLLECTORS;

function instrumentRuntime(reader: DirectReader): MeterProvider {
  const provider = new MeterProvider({ readers: [reader] });
  const runtime = new RuntimeNodeInstrumentation({ enabled: false });
  runtime.setMeterProvider(provider);
  runtime.enable();
  return provider;
}

async function collected(reader: DirectReader): Promise<number> {
  const { resourceMetrics } = await reader.collect();
  return resourceMetrics.scopeMetrics.flatMap(({ metrics }) => metrics).reduce((sum, { dataPoints }) => sum + dataPoints.length, 0);
}
