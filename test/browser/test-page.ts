import { bundlePage } from '../../examples/train-in-browser/server/bundle-page.ts';
import { type ServedPage, servePage } from '../../examples/train-in-browser/server/serve-page.ts';

const HTML = '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><script type="module" src="page.js"></script>';

/** Serves an empty page that runs a program of ./pages. */
export async function serveTestPage(program: string): Promise<ServedPage> {
  return servePage({ html: HTML, script: await bundlePage(new URL(`pages/${program}.ts`, import.meta.url)) });
}
