import { diag } from '@opentelemetry/api';
import { getStringFromEnv, isSimpleAttributeValue } from '@opentelemetry/core';
import {
  defaultResource,
  detectResources,
  type Resource,
  resourceAttributesEnvDetector,
  resourceFromAttributes,
  serviceInstanceIdDetector,
  serviceNameEnvDetector,
} from '@opentelemetry/resources';
import { checkString } from './check-option.ts';
import type { StartOptions } from './start-options.ts';

/** What the metrics are about: this service. Without the name of the host, which is nobody's business unless it is given. */
export function metricsResource({ serviceName, serviceVersion, resourceAttributes = {} }: StartOptions): Resource {
  const name = checkString('serviceName', serviceName);
  const version = checkString('serviceVersion', serviceVersion);
  for (const [key, value] of Object.entries(resourceAttributes)) {
    if (isSimpleAttributeValue(value)) continue;
    throw new TypeError(`resourceAttributes["${key}"] is of type ${typeof value}, not a text, number, boolean or list of one of them`);
  }
  return defaultResource()
    .merge(detectResources({ detectors: [serviceInstanceIdDetector] }))
    .merge(resourceFromEnv())
    .merge(
      resourceFromAttributes({
        ...resourceAttributes,
        ...(name !== undefined && { 'service.name': name }),
        ...(version !== undefined && { 'service.version': version }),
      }),
    );
}

function resourceFromEnv(): Resource {
  const attributes = detectResources({ detectors: [resourceAttributesEnvDetector] });
  const given = getStringFromEnv('OTEL_RESOURCE_ATTRIBUTES');
  if (given !== undefined && Object.keys(attributes.attributes).length === 0) {
    diag.warn(`modelmeter: OTEL_RESOURCE_ATTRIBUTES is ${JSON.stringify(given)}, not a list of key=value: none of it is used`);
  }
  return attributes.merge(detectResources({ detectors: [serviceNameEnvDetector] }));
}
