import type { MeterProvider } from '@opentelemetry/api';

// Where every copy of @opentelemetry/api 1.x keeps what has been registered globally. Asked for here, because our copy of the API would show
// nothing that an older copy has registered; every version since 1.3 has what we call on a provider.
const API_KEY = Symbol.for('opentelemetry.js.api.1');
const globalApi = globalThis as { [API_KEY]?: { metrics?: MeterProvider } };

declare const setTimeout: (callback: () => void, milliseconds: number) => { unref?(): void };

/** How often it looks by itself, for programs that record nothing once the provider is there. */
const LOOK_EVERY_MILLISECONDS = 500;

/** How often recording looks for a provider before it waits for the event loop to go on. */
const LOOKS_AT_ONCE = 100;

/** Waits for the MeterProvider that somebody may register globally. */
export type ProviderWatch = ReturnType<typeof providerWatch>;

export function providerWatch(onFound: (provider: MeterProvider) => void) {
  let isOver = false;
  let looksLeft = LOOKS_AT_ONCE;
  let hasTimer = false;

  const watch = {
    /** Whether recording has to look. When it need not, it costs one property read. */
    waiting: true,

    look() {
      if (isOver) return;
      const provider = globalApi[API_KEY]?.metrics;
      if (provider) {
        watch.setWaiting(false);
        onFound(provider);
      } else if (!hasTimer) {
        hasTimer = true;
        // Node would wait for it; browsers have numbers, and nothing to wait for.
        setTimeout(() => {
          hasTimer = false;
          watch.look();
        }, LOOK_EVERY_MILLISECONDS).unref?.();
      }
    },

    /** Looks on behalf of a record. */
    glance() {
      watch.look();
      if (--looksLeft !== 0 || isOver) return;
      // A loop that only records need not look each time: nobody registers a provider meanwhile.
      watch.waiting = false;
      queueMicrotask(() => {
        looksLeft = LOOKS_AT_ONCE;
        watch.waiting = !isOver;
        watch.look();
      });
    },

    /** Looks no more, or again. */
    setWaiting(isWaiting: boolean) {
      watch.waiting = isWaiting;
      isOver = !isWaiting;
    },
  };
  return watch;
}
