import type { Registry } from '../src/index.ts';

/** A registry as a caller without types sees it. */
export interface UntypedRegistry {
  bind(definition?: unknown, attributes?: unknown): Readonly<Record<'add' | 'observe' | 'record' | 'set', (value?: unknown) => void>>;
  onCollect(name?: unknown, callback?: unknown): () => void;
}

export function untyped(registry: Registry): UntypedRegistry {
  return registry as unknown as UntypedRegistry;
}
