import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import {
  type MetricsReceiver,
  type ReceivedRequest,
  startMetricsReceiver,
} from '../../examples/train-in-browser/server/metrics-receiver.ts';
import { pushSummary } from '../../examples/train-in-browser/server/push-summary.ts';
import { loadIris } from '../../examples/train-in-browser/src/load-iris.ts';

// The page itself trains in ../browser/push.test.ts.

const MAIN = fileURLToPath(new URL('../../examples/train-in-browser/server/main.ts', import.meta.url));

test('the start script serves the page with its script, on 127.0.0.1', async () => {
  const server = spawn(process.execPath, [MAIN, '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'], timeout: 20_000 });
  try {
    const [line] = (await once(createInterface(server.stdout), 'line')) as [string];
    const [, page = '', receiver = ''] = /^Open (http:\/\/127\.0\.0\.1:\d+\/) in a browser; it pushes to (\S+)\. /.exec(line) ?? [];
    expect(await (await fetch(page)).text()).toContain('<script type="module" src="page.js">');
    expect(await (await fetch(`${page}page.js`)).text()).toContain(receiver);
    expect((await fetch(`${page}package.json`)).status).toBe(404);
  } finally {
    server.kill();
    await once(server, 'exit');
  }
});

describe('the receiver', () => {
  let receiver: MetricsReceiver | undefined;
  afterEach(() => receiver?.stop());

  test('lets pages of this machine send JSON, and no others', async () => {
    const requests: ReceivedRequest[] = [];
    receiver = await startMetricsReceiver(0, (request) => requests.push(request));
    const ask = (origin: string) => fetch(receiver?.url ?? '', { method: 'OPTIONS', headers: { origin } });
    const allowed = await ask('http://127.0.0.1:8080');
    expect(allowed.status).toBe(204);
    expect(Object.fromEntries(allowed.headers)).toMatchObject({
      'access-control-allow-origin': 'http://127.0.0.1:8080',
      'access-control-allow-headers': 'content-type',
      vary: 'origin',
    });
    expect((await ask('https://example.com')).headers.get('access-control-allow-origin')).toBeNull();
    expect(requests.map(({ method, origin }) => [method, origin])).toEqual([
      ['OPTIONS', 'http://127.0.0.1:8080'],
      ['OPTIONS', 'https://example.com'],
    ]);
  });

  test('takes metrics where a Collector does', async () => {
    receiver = await startMetricsReceiver(0, () => {});
    expect((await fetch(receiver.url, { method: 'POST', body: '{}' })).status).toBe(200);
    expect((await fetch(new URL('/', receiver.url), { method: 'POST', body: '{}' })).status).toBe(404);
  });
});

test('a push without a run is summed up as well', () => {
  expect(pushSummary('{"resourceMetrics":[]}')).toBe('0 metrics, 0.0 kB, – steps, epoch –, loss –, validation accuracy –');
});

test('the irises are all there, once each, with the kinds mixed', () => {
  const { features, classes } = loadIris();
  const row = (values: readonly number[], kind: number | undefined) => [...values, kind].join();
  expect(features.length).toBe(150);
  expect([0, 1, 2].map((kind) => classes.filter((one) => one === kind).length)).toEqual([50, 50, 50]);
  expect(features.map((values, i) => row(values, classes[i]))).toContain('5.1,3.5,1.4,0.2,0');
  // What fit keeps for validation holds all three.
  expect(new Set(classes.slice(-30)).size).toBe(3);
});
