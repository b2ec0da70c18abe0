import { afterEach, expect, test, vi } from 'vitest';
import { metricsResource } from '../src/resource.ts';
import type { StartOptions } from '../src/start-options.ts';
import { diagWarnings } from './diag-warnings.ts';

const warnings = diagWarnings();
afterEach(() => void vi.unstubAllEnvs());

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

test('without options and environment it is an unknown service with an instance of its own, and nothing of the host', () => {
  const { attributes } = metricsResource({});
  expect(attributes).toEqual({
    'service.name': `unknown_service:${process.argv0}`,
    'service.instance.id': expect.stringMatching(UUID),
    'telemetry.sdk.language': 'nodejs',
    'telemetry.sdk.name': 'opentelemetry',
    'telemetry.sdk.version': expect.stringMatching(/^3\./),
  });
});

test('the instance stays the same for the life of the process', () => {
  expect(metricsResource({}).attributes['service.instance.id']).toBe(metricsResource({}).attributes['service.instance.id']);
});

test('the environment adds attributes, and OTEL_SERVICE_NAME wins over OTEL_RESOURCE_ATTRIBUTES', () => {
  vi.stubEnv('OTEL_SERVICE_NAME', 'digits');
  vi.stubEnv('OTEL_RESOURCE_ATTRIBUTES', 'service.name=other,service.version=1.2,team=a%2Cb,service.instance.id=i-1');
  expect(metricsResource({}).attributes).toMatchObject({
    'service.name': 'digits',
    'service.version': '1.2',
    team: 'a,b',
    'service.instance.id': 'i-1',
  });
});

test('options win over the environment and are merged with it', () => {
  vi.stubEnv('OTEL_SERVICE_NAME', 'from-env');
  vi.stubEnv('OTEL_RESOURCE_ATTRIBUTES', 'service.version=1.2,team=env,room=12');
  const { attributes } = metricsResource({
    serviceName: 'digits',
    serviceVersion: '2.0',
    resourceAttributes: { team: 'vision', 'service.instance.id': 'i-2' },
  });
  expect(attributes).toMatchObject({
    'service.name': 'digits',
    'service.version': '2.0',
    team: 'vision',
    room: '12',
    'service.instance.id': 'i-2',
  });
});

test('serviceName wins over resourceAttributes', () => {
  const { attributes } = metricsResource({ serviceName: 'digits', resourceAttributes: { 'service.name': 'other' } });
  expect(attributes['service.name']).toBe('digits');
});

test('malformed OTEL_RESOURCE_ATTRIBUTES are left aside with a warning', () => {
  vi.stubEnv('OTEL_RESOURCE_ATTRIBUTES', 'team=vision,room');
  expect(metricsResource({}).attributes['team']).toBeUndefined();
  expect(warnings).toEqual([expect.stringContaining('OTEL_RESOURCE_ATTRIBUTES is "team=vision,room"')]);
});

test.each([
  [{ serviceName: 5 }, 'serviceName is 5, not a text'],
  [{ serviceVersion: '' }, 'serviceVersion is "", not a text'],
  [{ resourceAttributes: { team: { name: 'a' } } }, 'resourceAttributes["team"] is of type object'],
])('malformed options such as %j throw a TypeError that names them', (options, message) => {
  expect(() => metricsResource(options as unknown as StartOptions)).toThrow(TypeError);
  expect(() => metricsResource(options as unknown as StartOptions)).toThrow(message);
});
