import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect } from 'vitest';
import { startPrometheus } from './prometheus.ts';
import { promtoolProblems } from './promtool.ts';
import { testWith } from './test-with.ts';

const prometheusTest = testWith('prometheus');
const promtoolTest = testWith('promtool');

const page = '# HELP jobs_total Jobs done.\n# TYPE jobs_total counter\njobs_total{queue="a"} 3\njobs_total{queue="b"} 0.1\n';

describe('promtool', () => {
  promtoolTest('finds nothing in a good page', async () => {
    expect(await promtoolProblems(page)).toEqual([]);
  });

  promtoolTest('names a metric without help and a line that does not parse', async () => {
    expect((await promtoolProblems('jobs_total 1\n')).join()).toContain('no help text');
    expect((await promtoolProblems('jobs_total one\n')).join()).toContain('error while linting');
  });
});

// Prometheus takes up a target only five seconds after its start, hence both at once.
describe.concurrent('Prometheus', { timeout: 30_000 }, () => {
  prometheusTest('scrapes a target and answers with its values', async () => {
    const target = createServer((_request, response) => void response.end(page)).listen(0, '127.0.0.1');
    await once(target, 'listening');
    const prometheus = await startPrometheus({ target: `http://127.0.0.1:${(target.address() as AddressInfo).port}/metrics` });
    try {
      await prometheus.scraped();
      const samples = await prometheus.query('jobs_total');
      expect(samples.map(({ labels, value }) => [labels['queue'], value])).toEqual([
        ['a', 3],
        ['b', 0.1],
      ]);
    } finally {
      await prometheus.stop();
      target.close();
    }
  });

  prometheusTest('says so when the target does not answer', async () => {
    const prometheus = await startPrometheus({ target: 'http://127.0.0.1:1/metrics' });
    try {
      await expect(prometheus.scraped()).rejects.toThrow("can't scrape");
    } finally {
      await prometheus.stop();
    }
  });
});
