import { beforeAll, expect, vi } from 'vitest';
import type { ServedPage } from '../../examples/train-in-browser/server/serve-page.ts';
import { testWith } from '../servers/test-with.ts';
import { CHROMIUM, type Chromium, startChromium } from './chromium.ts';
import { serveTestPage } from './test-page.ts';

const browserTest = testWith(CHROMIUM, 'chromium');

let browser: Chromium;
let served: ServedPage;

beforeAll(async () => {
  served = await serveTestPage('mistakes');
  browser = await startChromium();
  return async () => {
    await browser.stop();
    await served.stop();
  };
});

browserTest('what goes wrong in a page by itself is noticed', async () => {
  const page = await browser.openPage(served.url);
  expect(page.problems).toEqual([]);
  await page.call('makeMistakes');
  await vi.waitFor(() => expect(page.problems).toHaveLength(4), 5000);
  const [said, ...others] = page.problems;
  expect(said).toBe('said 1');
  expect(others.sort().map((problem) => problem.split('\n')[0])).toEqual([
    'Error: rejected',
    'Error: thrown',
    'Failed to load resource: the server responded with a status of 404 (Not Found)',
  ]);
});

browserTest('an exception in a page that is called reaches the caller', async () => {
  const page = await browser.openPage(served.url);
  await expect(page.call('noSuchFunction')).rejects.toThrow('globalThis.noSuchFunction is not a function');
});

browserTest('a tab behind another is hidden, and in front again is not', async () => {
  const page = await browser.openPage(served.url);
  const visibility = () => page.evaluate('document.visibilityState');
  expect(await visibility()).toBe('visible');
  await page.hide();
  await vi.waitFor(async () => expect(await visibility()).toBe('hidden'), 5000);
  await page.show();
  await vi.waitFor(async () => expect(await visibility()).toBe('visible'), 5000);
});
