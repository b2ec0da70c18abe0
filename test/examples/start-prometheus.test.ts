import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test, vi } from 'vitest';
import { startPrometheus } from '../../examples/digits/src/start-prometheus.ts';
import { testWith } from '../servers/test-with.ts';

const prometheusTest = testWith('prometheus');
const RULES = 'groups: [{ name: example, rules: [{ alert: LossIsThere, expr: ml_training_loss > 0 }] }]';
const patience = { timeout: 20_000, interval: 100 };

async function servedMetrics(): Promise<string> {
  const page = '# TYPE ml_training_loss gauge\nml_training_loss 0.5\n';
  const server = createServer((_request, response) => void response.setHeader('content-type', 'text/plain; version=0.0.4').end(page));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`;
}

prometheusTest('a local Prometheus scrapes the demo and knows the rules, and its link graphs the loss', { timeout: 40_000 }, async () => {
  const prometheus = await startPrometheus({ metricsUrl: await servedMetrics(), rules: RULES });
  onTestFinished(() => prometheus.stop());
  const alerts = async () => (await fetch(`${prometheus.url}/api/v1/alerts`)).json();
  await vi.waitFor(
    async () => expect(await alerts()).toMatchObject({ data: { alerts: [{ labels: { alertname: 'LossIsThere', job: 'digits' } }] } }),
    patience,
  );
  const link = new URL(prometheus.graphUrl);
  const query = new URLSearchParams({ query: link.searchParams.get('g0.expr') ?? '' });
  const answer = await (await fetch(`${prometheus.url}/api/v1/query?${query}`)).json();
  expect(answer).toMatchObject({ data: { result: [{ value: [expect.any(Number), '0.5'] }] } });
  expect((await fetch(link)).status).toBe(200);
});

prometheusTest('it ends and leaves no folder, even where the program that started it was killed', { timeout: 40_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'modelmeter-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const source = `
    const { startPrometheus } = await import(${JSON.stringify(new URL('../../examples/digits/src/start-prometheus.ts', import.meta.url).href)});
    const { url } = await startPrometheus({ metricsUrl: 'http://127.0.0.1:1/metrics', rules: 'groups: []' });
    process.stdout.write(url);
    process.kill(process.pid, 'SIGKILL');`;
  const program = spawn(process.execPath, ['--input-type=module', '-e', source], {
    cwd: import.meta.dirname,
    env: { ...process.env, TMPDIR: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await text(program.stdout);
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  await vi.waitFor(async () => expect(await readdir(folder)).toEqual([]), patience);
  await expect(fetch(url)).rejects.toThrow('fetch failed');
});

prometheusTest('what Prometheus does not like is told', async () => {
  await expect(startPrometheus({ metricsUrl: 'http://127.0.0.1:1/metrics', rules: 'groups: 3' })).rejects.toThrow('it does not start: ');
});

test('where there is no Prometheus, it is told how to get one', async () => {
  const start = startPrometheus({ metricsUrl: 'http://127.0.0.1:1/metrics', rules: RULES, program: 'no-such-prometheus' });
  await expect(start).rejects.toThrow('there is no program no-such-prometheus. Debian and Ubuntu: apt-get install prometheus');
});
