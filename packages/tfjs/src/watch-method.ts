/** Called before a method runs, with what it was called with; what it returns is called when the method is done, however it ends. Must not throw. */
export type MethodWatcher = (args: readonly unknown[], self: unknown) => (() => void) | void;

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
    const ends = Array.from(watchers, (watcher) => watcher(args, this));
    const end = () => ends.forEach((one) => one?.());
    let result: unknown;
    try {
      result = Reflect.apply(original, this, args);
    } catch (error) {
      end();
      throw error;
    }
    if (result instanceof Promise) return result.finally(end);
    end();
    return result;
  };
  return { watchers, restore: overrideProperty(object, name, { configurable: true, enumerable: false, writable: true, value }) };
}

/** Defines an own property and returns the way back. */
export function overrideProperty(object: object, name: string, descriptor: PropertyDescriptor): () => void {
  const before = Object.getOwnPropertyDescriptor(object, name);
  Object.defineProperty(object, name, descriptor);
  return () => {
    if (before) Object.defineProperty(object, name, before);
    else Reflect.deleteProperty(object, name);
  };
}
