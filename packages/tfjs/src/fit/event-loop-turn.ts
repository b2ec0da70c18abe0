declare const setImmediate: ((callback: () => void) => unknown) | undefined;

/** Turns that are given back at once: a waiting scrape needs one to be accepted, one to be read and some to be written. */
const TURNS = 5;

/** Lets the event loop go round, so that timers, scrapes and exports get their turn; quick when nothing is waiting. */
export async function turnEventLoop(): Promise<void> {
  for (let i = 0; i < TURNS; i++) await nextTurn();
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof setImmediate === 'function') {
      setImmediate(resolve);
      return;
    }
    // Browsers: a message, because timers and animation frames are slowed down or stopped in hidden tabs.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
