import type { Snapshot } from '@modelmeter/core';
import type { CollectionResult, ScopeMetrics } from '@opentelemetry/sdk-metrics';
import type { FamilyPart } from './family-part.ts';
import { Page } from './page.ts';
import { PageFamilies } from './page-families.ts';
import { RegistryPart } from './registry-part.ts';
import { SdkPart } from './sdk-part.ts';
import { TargetInfoPart } from './target-info-part.ts';
import type { Warnings } from './warnings.ts';

/** The page of what has been collected. Where names clash, a registry's metrics go before those of the SDK. */
export function collectedPage(snapshot: Snapshot, { resourceMetrics, errors }: CollectionResult, warnings: Warnings): Page {
  for (const error of errors) warnings.warn(`collecting for Prometheus: ${String(error)}`);
  const families = new PageFamilies(warnings);
  families.add(new TargetInfoPart(resourceMetrics.resource));
  const addNamed = (part: FamilyPart, name: string) => {
    if (part.text.name !== '') families.add(part);
    else warnings.warn(`the metric ${JSON.stringify(name)} is not on the Prometheus page: nothing of its name can be written there`);
  };
  for (const family of snapshot.families) addNamed(new RegistryPart(snapshot, family), family.definition.name);
  // They come in the order in which their callbacks have ended.
  for (const { scope, metrics } of resourceMetrics.scopeMetrics.toSorted(byScope)) {
    for (const metric of metrics) addNamed(new SdkPart(metric, scope, warnings), metric.descriptor.name);
  }
  return new Page(families);
}

function byScope({ scope: a }: ScopeMetrics, { scope: b }: ScopeMetrics): number {
  const identity = ({ name, version = '', schemaUrl = '' }: typeof a) => `${name}\n${version}\n${schemaUrl}`;
  return identity(a) < identity(b) ? -1 : 1;
}
