import { ConsoleMetricExporter, type PushMetricExporter } from '@opentelemetry/sdk-metrics';
import { OtlpConnections } from './otlp-connections.ts';
import type { OtlpSettings, Settings } from './settings.ts';

/** An exporter that metrics are pushed to. It holds nothing until it is used. */
export interface PushExporter {
  readonly exporter: PushMetricExporter;
  /** Ends exports that hang, and all that follow. */
  readonly cut: () => void;
}

export async function pushExporters({ exporters, otlp }: Settings): Promise<PushExporter[]> {
  const made: PushExporter[] = [];
  if (exporters.has('otlp')) made.push(await otlpExporter(otlp));
  if (exporters.has('console')) made.push({ exporter: new ConsoleMetricExporter(), cut: () => {} });
  return made;
}

/** Each is loaded only when asked for; the rest of their settings they read from the environment themselves. */
async function otlpExporter({ protocol, endpoint, headers }: OtlpSettings): Promise<PushExporter> {
  const options = { ...(endpoint !== undefined && { url: endpoint }), ...(headers && { headers }) };
  if (protocol === 'grpc') return { exporter: new (await grpc()).OTLPMetricExporter(options), cut: () => {} };
  const connections = new OtlpConnections();
  const { OTLPMetricExporter } =
    protocol === 'http/json'
      ? await import('@opentelemetry/exporter-metrics-otlp-http')
      : await import('@opentelemetry/exporter-metrics-otlp-proto');
  const exporter = new OTLPMetricExporter({ ...options, httpAgentOptions: connections.agent });
  return { exporter, cut: () => connections.cut() };
}

const GRPC = '@opentelemetry/exporter-metrics-otlp-grpc';

async function grpc() {
  try {
    return await import('@opentelemetry/exporter-metrics-otlp-grpc');
  } catch (cause) {
    throw new Error(`OTLP over grpc needs ${GRPC}, which does not load: npm install ${GRPC}`, { cause });
  }
}
