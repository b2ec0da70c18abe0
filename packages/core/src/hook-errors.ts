import type { Registry } from './registry/registry.ts';
import type { DropReason } from './registry/series-store.ts';
import { warn } from './warn.ts';

/** Most hooks are over when they return, and tfjs awaits each one: a promise for all of them. */
const OVER = Promise.resolve();

/** Keeps our failures out of the work that is measured: counts them in `modelmeter.dropped`, and warns once for each place. */
export class HookErrors {
  readonly #registry: Registry;
  readonly #reason: DropReason;
  readonly #warned = new Set<string>();

  constructor(registry: Registry, reason: DropReason = 'hook_error') {
    this.#registry = registry;
    this.#reason = reason;
  }

  report(place: string, error: unknown): void {
    try {
      this.#registry.drop(this.#reason);
      if (!this.#warned.has(place)) warn(`${place} failed; further failures are only counted`, error);
      this.#warned.add(place);
    } catch {
      // A registry or a logger that is broken does not reach the work either.
    }
  }

  /** What `action` returns; undefined where it fails. */
  guard<R>(place: string, action: () => R): R | undefined {
    try {
      return action();
    } catch (error) {
      this.report(place, error);
      return undefined;
    }
  }

  /** The same for an action that may go on by itself; resolves when that is over. */
  guardAsync(place: string, action: () => void | Promise<void>): Promise<void> {
    return this.guard(place, action)?.catch((error: unknown) => this.report(place, error)) ?? OVER;
  }
}
