import { settle } from '../run/settle.ts';

/**
 * Called before a method runs, with what it was called with. What it returns is called when the method is done, with what that returned or resolved
 * with, if it did. Must not throw.
 */
export type MethodWatcher = (args: readonly unknown[], self: unknown) => ((returned?: unknown) => void) | void;

interface Patch {
  readonly watchers: Set<MethodWatcher>;
  readonly restore: () => void;
}

const patches = new WeakMap<object, Map<string, Patch>>();

/**
 * Watches a method of one object until the returned function is called. The method becomes an own property for as long as anybody watches it;
 * the last to leave puts back exactly what was there. What the method returns or throws passes through unchanged.
 */
export function watchMethod(object: object, name: string, watcher: MethodWatcher): () => void {
  const ofObject = patches.get(object) ?? new Map<string, Patch>();
  patches.set(object, ofObject);
  const patch = ofObject.get(name) ?? wrap(object as Record<string, unknown>, name);
  if (!patch) return () => {};
  ofObject.set(name, patch);
  patch.watchers.add(watcher);
  return () => {
    if (!patch.watchers.delete(watcher) || patch.watchers.size > 0) return;
    ofObject.delete(name);
    patch.restore();
  };
}

function wrap(object: Record<string, unknown>, name: string): Patch | undefined {
  const original = object[name];
  if (typeof original !== 'function') return undefined;
  const watchers = new Set<MethodWatcher>();
  const value = function (this: unknown, ...args: unknown[]): unknown {
    const ends: ((returned?: unknown) => void)[] = [];
    for (const watcher of watchers) {
      const end = watcher(args, this);
      if (end) ends.push(end);
    }
    if (ends.length === 0) return Reflect.apply(original, this, args);
    return settle(
      () => Reflect.apply(original, this, args) as unknown,
      (hasSucceeded, outcome) => ends.forEach((end) => end(hasSucceeded ? outcome : undefined)),
    );
  };
  return { watchers, restore: overrideProperty(object, name, { configurable: true, writable: true, value }) };
}

/** Defines an own property, where the object lets us, and returns the way back. What others have put in its place since then stays. */
export function overrideProperty(object: object, name: string, descriptor: PropertyDescriptor): () => void {
  const before = Object.getOwnPropertyDescriptor(object, name);
  Reflect.defineProperty(object, name, descriptor);
  return () => {
    const now = Object.getOwnPropertyDescriptor(object, name);
    if (!now || now.value !== descriptor.value || now.get !== descriptor.get) return;
    if (before) Reflect.defineProperty(object, name, before);
    else Reflect.deleteProperty(object, name);
  };
}
