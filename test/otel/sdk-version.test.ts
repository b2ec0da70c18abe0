import { metrics } from '@opentelemetry/api';
import { defaultResource } from '@opentelemetry/resources';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { expect, test } from 'vitest';

const major = process.env['OTEL_SDK_MAJOR'] as string;

test('the tests in this folder run with the SDK that the project is named after', () => {
  expect(defaultResource().attributes['telemetry.sdk.version']).toMatch(new RegExp(`^${major}\\.`));
});

test('the API is the one that this SDK asks for', () => {
  const provider = new MeterProvider();
  metrics.setGlobalMeterProvider(provider);
  const api = Reflect.get(globalThis, Symbol.for('opentelemetry.js.api.1')) as { version: string };
  metrics.disable();
  expect(api.version).toMatch(major === '2' ? /^1\.9\./ : /^1\.(1\d|[2-9]\d)\./);
});
