import type { Registry } from '@modelmeter/core';

/** A call of a wrapper that others may lie in. */
export interface Frame {
  readonly use: ModelUse;
  readonly isWarmUp: boolean;
  /** What this call lies in. */
  readonly outer: Frame | undefined;
  /** Whether the samples of this call have been recorded. */
  hasBatchSize: boolean;
}

/** What all wrappers of one model share. */
export class ModelUse {
  #wrappers = 0;
  #warmUps = 0;
  #hasEntry = false;
  /** Whether a call may lie in another of the same model, so that frames are needed: they cost, above all with promises on Node 22. */
  isTracked = false;

  addWrapper(): void {
    this.#wrappers++;
    this.#update();
  }

  /** Places where requests come in do not lie in each other, so they are one. */
  addEntry(): void {
    this.#hasEntry = true;
    this.#update();
  }

  addWarmUp(count: 1 | -1): void {
    this.#warmUps += count;
    this.#update();
  }

  #update(): void {
    this.isTracked = this.#wrappers + Number(this.#hasEntry) > 1 || this.#warmUps > 0;
  }
}

interface Storage {
  run<R>(frame: Frame, action: () => R): R;
  getStore(): Frame | undefined;
}

const uses = new WeakMap<Registry, Map<string, ModelUse>>();
let storage: Storage | undefined;

/** The one of a model in a registry. */
export function modelUse(registry: Registry, model: string): ModelUse {
  let ofRegistry = uses.get(registry);
  if (!ofRegistry) uses.set(registry, (ofRegistry = new Map()));
  let use = ofRegistry.get(model);
  if (!use) ofRegistry.set(model, (use = new ModelUse()));
  return use;
}

/** The innermost call of this model that the running code lies in. */
export function frameOf(use: ModelUse): Frame | undefined {
  let frame = storage?.getStore();
  while (frame && frame.use !== use) frame = frame.outer;
  return frame;
}

/** A call that begins here. */
export function newFrame(use: ModelUse, isWarmUp: boolean): Frame {
  return { use, isWarmUp, outer: storage?.getStore(), hasBatchSize: false };
}

/** Runs `action` within a call: what it starts and awaits lies in the call, too. */
export function runIn<R>(frame: Frame, action: () => R): R {
  storage ??= newStorage();
  return storage.run(frame, action);
}

function newStorage(): Storage {
  const hooks = globalThis.process?.getBuiltinModule?.('node:async_hooks');
  return hooks ? new hooks.AsyncLocalStorage<Frame>() : new SynchronousStorage();
}

/** For browsers, which do not tell what an awaited function lies in: only what a call does before it returns lies in it. */
class SynchronousStorage implements Storage {
  #frame: Frame | undefined;

  run<R>(frame: Frame, action: () => R): R {
    const outer = this.#frame;
    this.#frame = frame;
    try {
      return action();
    } finally {
      this.#frame = outer;
    }
  }

  getStore(): Frame | undefined {
    return this.#frame;
  }
}
