import { MetricReader } from '@opentelemetry/sdk-metrics';

/** A reader of OpenTelemetry's SDK that collects when told and sends nothing. */
export class DirectReader extends MetricReader {
  protected override onForceFlush(): Promise<void> {
    return Promise.resolve();
  }

  protected override onShutdown(): Promise<void> {
    return Promise.resolve();
  }
}
