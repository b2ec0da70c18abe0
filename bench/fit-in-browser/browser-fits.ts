import { spawnSync } from 'node:child_process';
import { bundlePage } from '../../examples/train-in-browser/server/bundle-page.ts';
import { servePage } from '../../examples/train-in-browser/server/serve-page.ts';
import { CHROMIUM, startChromium } from '../../test/browser/chromium.ts';
import type { FitsReport, FitsRequest } from './page.ts';

const HTML = '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><script type="module" src="page.js"></script>';

export interface BrowserFits {
  readonly browser: string;
  /** As many as requests. */
  readonly reports: readonly FitsReport[];
}

/** Has a page fit in a headless Chromium; undefined where there is none. */
export async function browserFits(requests: readonly FitsRequest[]): Promise<BrowserFits | undefined> {
  if (spawnSync(CHROMIUM, ['--version']).error) return undefined;
  const served = await servePage({ html: HTML, script: await bundlePage(new URL('page.ts', import.meta.url)) });
  const chromium = await startChromium();
  try {
    const reports: FitsReport[] = [];
    let browser = '';
    for (const request of requests) {
      const page = await chromium.openPage(served.url);
      browser = await page.evaluate<string>('navigator.userAgent.match(/Chrome\\/\\d+/)[0]');
      reports.push(await page.call<FitsReport>('compareFits', request));
      if (page.problems.length > 0) throw new Error(page.problems.join('\n'));
      await page.close();
    }
    return { browser, reports };
  } finally {
    await chromium.stop();
    await served.stop();
  }
}
