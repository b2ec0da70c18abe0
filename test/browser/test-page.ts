import { bundlePage } from '../../examples/train-in-browser/server/bundle-page.ts';
import { type ServedPage, servePage } from '../../examples/train-in-browser/server/serve-page.ts';
import type { BrowserPage } from './browser-page.ts';
import { startChromium } from './chromium.ts';

const HTML = '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><script type="module" src="page.js"></script>';

/** Serves an empty page that runs a program of ./pages. */
export async function serveTestPage(program: string): Promise<ServedPage> {
  return servePage({ html: HTML, script: await bundlePage(new URL(`pages/${program}.ts`, import.meta.url)) });
}

export interface OpenTestPage {
  readonly page: BrowserPage;
  close(): Promise<void>;
}

/** The same, open in a browser of its own. */
export async function openTestPage(program: string): Promise<OpenTestPage> {
  const served = await serveTestPage(program);
  const browser = await startChromium();
  return {
    page: await browser.openPage(served.url),
    close: async () => {
      await browser.stop();
      await served.stop();
    },
  };
}
