import { Registry } from '@modelmeter/core';
import type { Attributes, Meter } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider, type MeterProviderOptions } from '@opentelemetry/sdk-metrics';
import { PrometheusReader } from '../../src/prometheus/prometheus-reader.ts';

export interface OpenedReader {
  readonly reader: PrometheusReader;
  readonly registry: Registry;
  readonly provider: MeterProvider;
  /** Of the scope `app`, version 1.2.3. */
  readonly meter: Meter;
}

export interface OpenReaderOptions extends Pick<MeterProviderOptions, 'views'> {
  readonly registry?: Registry;
  /** @default none, hence no `target_info` */
  readonly resource?: Attributes;
  readonly collectTimeoutSeconds?: number;
}

/** A reader of a MeterProvider. */
export function openReader({ registry = new Registry(), resource = {}, views = [], ...options }: OpenReaderOptions = {}): OpenedReader {
  const reader = new PrometheusReader({ registry, ...options });
  const provider = new MeterProvider({ readers: [reader], resource: resourceFromAttributes(resource), views });
  return { reader, registry, provider, meter: provider.getMeter('app', '1.2.3') };
}

/** The lines of a page that begin with one of the names or are comments on such. */
export function linesOf(page: string, ...names: readonly string[]): string[] {
  return page.split('\n').filter((line) => names.some((name) => line.replace(/^# \w+ /, '').startsWith(name)));
}

/** The lines of a page that begin with one of the names. */
export function samplesOf(page: string, ...names: readonly string[]): string[] {
  return linesOf(page, ...names).filter((line) => !line.startsWith('#'));
}
