import { check } from '../check.ts';
import { collector } from '../definitions/attributes.ts';
import { collectorUp } from '../definitions/own-health.ts';
import { HookErrors } from '../hook-errors.ts';
import type { BoundGauge } from './bound-instruments.ts';
import type { Registry } from './registry.ts';

interface Collector {
  readonly name: string;
  readonly callback: () => void;
  readonly up: BoundGauge;
}

/** The callbacks that set values when a reader asks for them. */
export class CollectCallbacks {
  readonly #registry: Registry;
  readonly #errors: HookErrors;
  readonly #collectors = new Set<Collector>();

  constructor(registry: Registry) {
    this.#registry = registry;
    this.#errors = new HookErrors(registry, 'collect_error');
  }

  /** @returns a function that takes the callback away again. */
  add(name: string, callback: () => void): () => void {
    check(typeof callback === 'function', 'onCollect: callback', callback, 'a function');
    const added = { name, callback, up: this.#registry.bind(collectorUp, { [collector.key]: name }) };
    this.#collectors.add(added);
    return () => {
      this.#collectors.delete(added);
      if (![...this.#collectors].some((other) => other.up === added.up)) added.up.remove();
    };
  }

  run(): void {
    const collectors = [...this.#collectors];
    // Callbacks of one name are one collector: it is up when all of them succeed.
    for (const { up } of collectors) up.set(1);
    for (const collector of collectors) this.#run(collector);
  }

  #run(collector: Collector): void {
    try {
      const returned: unknown = collector.callback();
      if (returned instanceof Promise) {
        returned.catch(() => {});
        // Its values would come after the collection.
        throw new TypeError('the callback is asynchronous');
      }
    } catch (error) {
      collector.up.set(0);
      this.#errors.report(`collector ${collector.name}`, error);
    }
  }
}
