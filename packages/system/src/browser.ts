import type { ResourceOptions } from './resource-options.ts';

export type { ResourceOptions };

/** What bundles for browsers get: a page has no resources to report, so this does nothing. */
export function reportResources(_options: ResourceOptions = {}): () => void {
  return () => {};
}
