import { ConsoleMetricExporter, type PushMetricExporter } from '@opentelemetry/sdk-metrics';
import type { OtlpSettings, Settings } from './settings.ts';

/** The exporters that metrics are pushed to. They hold nothing until they are used. */
export async function pushExporters({ exporters, otlp }: Settings): Promise<PushMetricExporter[]> {
  const made: PushMetricExporter[] = [];
  if (exporters.has('otlp')) made.push(await otlpExporter(otlp));
  if (exporters.has('console')) made.push(new ConsoleMetricExporter());
  return made;
}

/** Each is loaded only when asked for; the rest of their settings they read from the environment themselves. */
async function otlpExporter({ protocol, endpoint, headers }: OtlpSettings): Promise<PushMetricExporter> {
  const options = { ...(endpoint !== undefined && { url: endpoint }), ...(headers && { headers }) };
  switch (protocol) {
    case 'http/protobuf':
      return new (await import('@opentelemetry/exporter-metrics-otlp-proto')).OTLPMetricExporter(options);
    case 'http/json':
      return new (await import('@opentelemetry/exporter-metrics-otlp-http')).OTLPMetricExporter(options);
    case 'grpc':
      return new (await grpc()).OTLPMetricExporter(options);
  }
}

const GRPC = '@opentelemetry/exporter-metrics-otlp-grpc';

async function grpc() {
  try {
    return await import('@opentelemetry/exporter-metrics-otlp-grpc');
  } catch (cause) {
    throw new Error(`OTLP over grpc needs ${GRPC}, which does not load: npm install ${GRPC}`, { cause });
  }
}
