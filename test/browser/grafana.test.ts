import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dashboardFiles, prometheusRules } from '@modelmeter/dashboards';
import { beforeAll, describe, expect, test } from 'vitest';
import type { DashboardModel } from '../dashboards/dashboard-model.ts';
import { startDataProof } from '../dashboards/data-proof.ts';
import { EXCEPTIONS, unexcused } from '../dashboards/exceptions.ts';
import { failuresInGrafana } from '../dashboards/grafana/check-panels.ts';
import { pageProblems } from '../dashboards/grafana/check-page.ts';
import { GrafanaClient } from '../dashboards/grafana/grafana-client.ts';
import { startScriptedGrafana } from '../dashboards/grafana/scripted-grafana.ts';
import { macrosOf } from '../dashboards/substitute.ts';
import { allOf, resolveVariables } from '../dashboards/variables.ts';
import { testWith } from '../servers/test-with.ts';
import { CHROMIUM, type Chromium, startChromium } from './chromium.ts';

const { GRAFANA_URL, GRAFANA_TOKEN, GRAFANA_SCREENSHOTS } = process.env;
const browserTest = testWith(CHROMIUM, 'chromium');
const grafanaTest = GRAFANA_URL !== undefined && GRAFANA_TOKEN !== undefined ? test : test.skip;
if (grafanaTest !== test) {
  // Nor does CI fail without: Grafana is in no package that it can install.
  process.emitWarning(
    'GRAFANA_URL and GRAFANA_TOKEN do not name a Grafana, on this machine and with a token that may do everything: dashboards in a real Grafana are NOT TESTED',
  );
}

const UID = 'modelmeter-proof';
const WINDOW = { startSeconds: 1000, endSeconds: 1060, scrapeSeconds: 1 };
const MODEL: DashboardModel = {
  uid: 'planted',
  title: 'Planted',
  panels: [
    { type: 'row', title: 'not a panel' },
    ...['Loss', 'Broken', 'Empty', 'Missing'].map((title) => ({ type: 'timeseries', title })),
  ],
};

describe('pages of Grafana', { timeout: 120_000 }, () => {
  let browser: Chromium;
  beforeAll(async () => {
    browser = await startChromium();
    return () => browser.stop();
  });

  browserTest('a panel that shows an error, shows no data or is not there is caught', async () => {
    const grafana = await startScriptedGrafana({}, { Loss: '0.25', Broken: 'error', Empty: 'No data' });
    try {
      const page = await browser.openPage('about:blank');
      const { problems, screenshot } = await pageProblems(page, new GrafanaClient(grafana), UID, MODEL, WINDOW, {
        withinMilliseconds: 500,
      });
      expect(problems).toEqual([
        'planted / Missing: it is not there',
        expect.stringContaining('planted / Broken: an error:'),
        'planted / Empty: No data',
      ]);
      expect(screenshot.subarray(1, 4).toString()).toBe('PNG');
    } finally {
      await grafana.stop();
    }
  });

  browserTest('a page on which all is well has no problem', async () => {
    const shown = { Loss: '0.25', Broken: 'mended', Empty: '0', Missing: 'No run' };
    const grafana = await startScriptedGrafana({}, shown);
    try {
      const page = await browser.openPage('about:blank');
      expect((await pageProblems(page, new GrafanaClient(grafana), UID, MODEL, WINDOW)).problems).toEqual([]);
    } finally {
      await grafana.stop();
    }
  });

  grafanaTest('every panel of every dashboard shows data in a real Grafana', async () => {
    const grafana = new GrafanaClient({ url: GRAFANA_URL ?? '', token: GRAFANA_TOKEN ?? '' });
    const proof = await startDataProof(prometheusRules());
    try {
      await grafana.putFolder(UID, 'modelmeter proof');
      await grafana.putDataSource(UID, proof.prometheus.url, 1);
      const problems: string[] = [];
      const page = await browser.openPage('about:blank');
      for (const { name, json } of dashboardFiles()) {
        await grafana.putDashboard(json, UID);
        const dashboard = JSON.parse(json) as DashboardModel;
        const window = proof.window();
        const { values } = macrosOf({ rangeSeconds: window.endSeconds - window.startSeconds, scrapeSeconds: window.scrapeSeconds });
        const variables = allOf(await resolveVariables(proof.prometheus, dashboard, values));
        const failures = await failuresInGrafana(grafana, UID, dashboard, variables, window);
        const exceptions = EXCEPTIONS.filter(({ place }) => place.startsWith(`${dashboard.uid} /`)).map((one) => ({
          ...one,
          sometimes: true,
        }));
        problems.push(...unexcused(failures, exceptions));
        const shown = await pageProblems(page, grafana, UID, dashboard, window);
        problems.push(...shown.problems);
        if (GRAFANA_SCREENSHOTS !== undefined) {
          await mkdir(GRAFANA_SCREENSHOTS, { recursive: true });
          await writeFile(join(GRAFANA_SCREENSHOTS, `${name}.png`), shown.screenshot);
        }
      }
      expect(problems).toEqual([]);
    } finally {
      await proof.stop();
    }
  });
});
