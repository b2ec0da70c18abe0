import { bundlePage } from '../../examples/train-in-browser/server/bundle-page.ts';
import { servePage } from '../../examples/train-in-browser/server/serve-page.ts';
import { startChromium } from '../../test/browser/chromium.ts';
import { ratioOf, spreadOf } from '../measure/spread.ts';
const served = await servePage({ html: '<!doctype html><meta charset="utf-8"><script type="module" src="page.js"></script>', script: await bundlePage(new URL('page.ts', import.meta.url)) });
const chromium = await startChromium(); const page = await chromium.openPage(served.url);
const [b, steps, rounds] = process.argv.slice(2);
const r: any = await page.call('go', b, Number(steps), Number(rounds)); const t = new Map<string, number[]>(r.times);
for (const [n, v] of t) { const s = ratioOf(v, t.get('never')!), a = spreadOf(v); console.log(b, n.padEnd(12), (a.median / 1e6).toFixed(2), 'ms', ((s.median - 1) * 100).toFixed(1), '% (', ((s.lowerQuartile - 1) * 100).toFixed(1), ((s.upperQuartile - 1) * 100).toFixed(1), ') least', (a.least / 1e6).toFixed(2), 'q1', (a.lowerQuartile / 1e6).toFixed(2)); }
console.log(JSON.stringify(r.turns)); await chromium.stop(); await served.stop();
