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
export type CollectCallbacks = ReturnType<typeof collectCallbacks>;

export function collectCallbacks(registry: Registry) {
  const errors = new HookErrors(registry, 'collect_error');
  const collectors = new Set<Collector>();

  const runOne = ({ name, callback, up }: Collector) => {
    try {
      const returned: unknown = callback();
      if (returned instanceof Promise) {
        returned.catch(() => {});
        // Its values would come after the collection.
        throw new TypeError('it is asynchronous');
      }
    } catch (error) {
      up.set(0);
      errors.report(`collector ${name}`, error);
    }
  };

  return {
    /** @returns a function that takes the callback away again. */
    add(name: string, callback: () => void) {
      check(typeof callback === 'function', 'callback', callback, 'a function');
      const added = { name, callback, up: registry.bind(collectorUp, { [collector.key]: name }) };
      collectors.add(added);
      return () => {
        collectors.delete(added);
        if (![...collectors].some(({ up }) => up === added.up)) added.up.remove();
      };
    },

    run() {
      const all = [...collectors];
      // Callbacks of one name are one collector: it is up when all of them succeed.
      for (const { up } of all) up.set(1);
      all.forEach(runOne);
    },
  };
}
