import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, test, vi } from 'vitest';
import { startPrometheus } from './prometheus.ts';
import { promtoolProblems } from './promtool.ts';
import { startSlackSink } from './slack-sink.ts';
import { startSmtpSink } from './smtp-sink.ts';
import { testWith } from './test-with.ts';
import { startVictoriaMetrics } from './victoria-metrics.ts';

const prometheusTest = testWith('prometheus');
const victoriaMetricsTest = testWith('victoria-metrics', 'victoria-metrics');
const promtoolTest = testWith('promtool');

const page = '# HELP jobs_total Jobs done.\n# TYPE jobs_total counter\njobs_total{queue="a"} 3\njobs_total{queue="b"} 0.1\n';
const RULES = JSON.stringify({ groups: [{ name: 'jobs', rules: [{ record: 'queue:jobs:sum', expr: 'sum by (queue) (jobs_total)' }] }] });

describe('promtool', () => {
  promtoolTest('finds nothing in a good page', async () => {
    expect(await promtoolProblems(page)).toEqual([]);
  });

  promtoolTest('names a metric without help and a line that does not parse', async () => {
    expect((await promtoolProblems('jobs_total 1\n')).join()).toContain('no help text');
    expect((await promtoolProblems('jobs_total one\n')).join()).toContain('error while linting');
  });
});

async function servePage() {
  const target = createServer(
    (_request, response) => void response.setHeader('content-type', 'text/plain; version=0.0.4').end(page),
  ).listen(0, '127.0.0.1');
  await once(target, 'listening');
  return { url: `http://127.0.0.1:${(target.address() as AddressInfo).port}/metrics`, close: () => target.close() };
}

// Prometheus takes up a target only five seconds after its start, hence all at once.
describe.concurrent('a store', { timeout: 30_000 }, () => {
  prometheusTest.each([1, 2])('Prometheus scrapes %i targets and answers with their values', async (count) => {
    const targets = await Promise.all(Array.from({ length: count }, servePage));
    const prometheus = await startPrometheus({ target: targets.map(({ url }) => url), rules: RULES });
    try {
      await prometheus.scraped();
      const samples = await prometheus.query('sum by (queue) (jobs_total)');
      expect(samples.map(({ labels, value }) => [labels['queue'], value])).toEqual([
        ['a', 3 * count],
        ['b', 0.1 * count],
      ]);
      await vi.waitFor(async () => expect(await prometheus.query('queue:jobs:sum')).toHaveLength(2), 5000);
    } finally {
      await prometheus.stop();
      for (const target of targets) target.close();
    }
  });

  victoriaMetricsTest('VictoriaMetrics does so as well, and knows the values of labels and of the past', async () => {
    const target = await servePage();
    const store = await startVictoriaMetrics({ target: target.url, scrapeIntervalSeconds: 0.25 });
    try {
      await store.scraped();
      expect((await store.query('jobs_total')).map(({ labels, value }) => [labels['queue'], value])).toEqual([
        ['a', 3],
        ['b', 0.1],
      ]);
      expect(await store.labelValues('queue', 'jobs_total')).toEqual(['a', 'b']);
      const now = Date.now() / 1000;
      const [series] = await store.range('jobs_total{queue="a"}', { start: now - 1, end: now, step: 0.25 });
      expect(new Set(series?.values)).toEqual(new Set([3]));
      await expect(store.query('jobs_total{')).rejects.toThrow('VictoriaMetrics refuses jobs_total{');
    } finally {
      await store.stop();
      target.close();
    }
  });

  prometheusTest('says so when the target does not answer', async () => {
    const prometheus = await startPrometheus({ target: 'http://127.0.0.1:1/metrics' });
    try {
      await expect(prometheus.scraped()).rejects.toThrow("can't scrape 127.0.0.1:1");
    } finally {
      await prometheus.stop();
    }
  });
});

test('a mail arrives as it was written', async () => {
  const sink = await startSmtpSink();
  try {
    const { host, port } = { host: '127.0.0.1', port: Number(sink.address.split(':')[1]) };
    const client = connect(port, host);
    client.write('EHLO localhost\r\nMAIL FROM:<a@example.org>\r\nRCPT TO:<b@example.org>\r\nDATA\r\n');
    client.write('Subject: 3=E2=82=AC\r\n\r\nlong=\r\n line\r\n..dot\r\n.\r\nQUIT\r\n');
    expect(await text(client)).toMatch(/^220 .*\r\n(250 ok\r\n){3}354 .*\r\n250 ok\r\n221 bye\r\n$/);
    expect(sink.mails).toEqual(['Subject: 3€\n\nlong line\n.dot']);
  } finally {
    await sink.stop();
  }
});

test('a message to a webhook arrives', async () => {
  const sink = await startSlackSink();
  try {
    const response = await fetch(sink.url, { method: 'POST', body: JSON.stringify({ channel: '#models' }) });
    expect(await response.text()).toBe('ok');
    expect(sink.messages).toEqual([{ channel: '#models' }]);
  } finally {
    await sink.stop();
  }
});
