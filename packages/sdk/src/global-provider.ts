import { diag, type MeterProvider, metrics } from '@opentelemetry/api';

// Where every copy of @opentelemetry/api 1.x keeps what has been registered globally. A copy does not show what a copy of an older version
// has registered, so asking the API is not enough.
const API_KEY = Symbol.for('opentelemetry.js.api.1');
const globalApi = globalThis as { [API_KEY]?: { metrics?: unknown } };

/**
 * Makes a provider the global one, unless there is one already.
 * @returns a function that gives the place back.
 */
export function claimGlobal(provider: MeterProvider): () => void {
  if (globalApi[API_KEY]?.metrics !== undefined || !metrics.setGlobalMeterProvider(provider)) {
    diag.warn(
      'modelmeter: another global MeterProvider is registered and stays. The metrics of the registry are served as asked; what other code records through the OpenTelemetry API goes to that provider.',
    );
    return () => {};
  }
  return () => {
    if (metrics.getMeterProvider() === provider) metrics.disable();
  };
}
