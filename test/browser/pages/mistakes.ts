/** Makes every kind of mistake that a page's watcher must notice. */
async function makeMistakes(): Promise<void> {
  // oxlint-disable-next-line no-console
  console.error('said', 1);
  setTimeout(() => {
    throw new Error('thrown');
  });
  void Promise.reject(new Error('rejected'));
  await fetch('missing');
}

Object.assign(globalThis, { makeMistakes });
