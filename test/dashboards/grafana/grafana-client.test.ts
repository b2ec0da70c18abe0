import { beforeEach, expect, test } from 'vitest';
import { PLANTED } from '../planted-dashboard.ts';
import { failuresInGrafana } from './check-panels.ts';
import { GrafanaClient } from './grafana-client.ts';
import { type Answers, frameOf, type ScriptedGrafana, startScriptedGrafana } from './scripted-grafana.ts';

const WINDOW = { startSeconds: 1000, endSeconds: 1060.5, scrapeSeconds: 1 };
const ALL = { datasource: 'proof', job: '.*', model: '.*', nobody: '' };
const ANSWERS: Answers = {
  ml_training_typo: { status: 200, frames: [{ schema: { fields: [] }, data: { values: [] } }] },
  '0 * up / 0': { status: 200, frames: [frameOf([null, null])] },
  'sum(up': { status: 400, error: 'bad_data: unclosed left parenthesis' },
  ml_gone_info: { status: 200, frames: [] },
};

let grafana: ScriptedGrafana;
beforeEach(async () => {
  grafana = await startScriptedGrafana(ANSWERS, {});
  return () => grafana.stop();
});

test('a panel whose query fails, finds nothing or NaN alone is caught', async () => {
  const failures = await failuresInGrafana(new GrafanaClient(grafana), 'proof', PLANTED, ALL, WINDOW);
  expect(failures.map(({ place, problem }) => [place, problem])).toEqual([
    ['planted / wrong (stat) / A', 'empty'],
    ['planted / wrong (stat) / B', 'NaN alone'],
    ['planted / wrong (stat) / C', '400 bad_data: unclosed left parenthesis'],
    ['planted / gone (annotation) / Anno', 'empty'],
  ]);
});

test('variables are filled in, and macros left to Grafana', async () => {
  await failuresInGrafana(new GrafanaClient(grafana), 'proof', PLANTED, ALL, WINDOW);
  expect(grafana.sent[0]).toEqual({
    what: 'POST /api/ds/query',
    body: {
      queries: [
        {
          refId: 'A',
          expr: 'sum(rate(ml_inference_duration_seconds_count{job=~".*"}[$__rate_interval]))',
          instant: false,
          range: true,
          format: 'time_series',
          datasource: { uid: 'proof', type: 'prometheus' },
          intervalMs: 1000,
          maxDataPoints: 1000,
        },
      ],
      from: '1000000',
      to: '1060500',
    },
  });
});

test('folder, data source and dashboards are put there, whether they are there or not', async () => {
  const client = new GrafanaClient({ ...grafana, url: `${grafana.url}/` });
  for (let i = 0; i < 2; i++) {
    await client.putFolder('proof', 'Proof');
    await client.putDataSource('proof', 'http://127.0.0.1:9090', 1);
    await client.putDashboard(JSON.stringify({ uid: 'planted', id: 7 }), 'proof');
  }
  expect(grafana.sent.map(({ what }) => what)).toEqual([
    'POST /api/folders',
    'GET /api/datasources/uid/proof',
    'POST /api/datasources',
    'POST /api/dashboards/db',
    'POST /api/folders',
    'GET /api/datasources/uid/proof',
    'PUT /api/datasources/uid/proof',
    'POST /api/dashboards/db',
  ]);
  expect(grafana.sent.at(-1)?.body).toEqual({ dashboard: { uid: 'planted', id: null }, folderUid: 'proof', overwrite: true });
});

test('a token that Grafana does not know is said to be refused', async () => {
  const client = new GrafanaClient({ url: grafana.url, token: 'wrong' });
  await expect(client.putFolder('proof', 'Proof')).rejects.toThrow('Grafana refuses POST /api/folders: 401 {"message":"Unauthorized"}');
});
