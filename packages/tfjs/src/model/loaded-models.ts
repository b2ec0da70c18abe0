/** What a model was loaded as. */
export interface LoadedAs {
  readonly model: string;
  readonly version: string | undefined;
}

const loadedModels = new WeakMap<object, LoadedAs>();

/** Takes note of what `loadWithMetrics` has loaded, which may be no object at all. */
export function rememberLoaded(loaded: unknown, as: LoadedAs): void {
  if (typeof loaded === 'object' && loaded !== null) loadedModels.set(loaded, as);
}

export function loadedAs(model: object): LoadedAs | undefined {
  return loadedModels.get(model);
}
