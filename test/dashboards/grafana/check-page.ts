import { setTimeout as sleep } from 'node:timers/promises';
import type { BrowserPage } from '../../browser/browser-page.ts';
import type { DashboardModel } from '../dashboard-model.ts';
import type { TimeWindow } from '../every-query.ts';
import type { GrafanaClient } from './grafana-client.ts';

/** A panel as a page of Grafana shows it. */
interface ShownPanel {
  readonly title: string;
  readonly hasError: boolean;
  readonly text: string;
}

interface ShownPage {
  readonly isLoading: boolean;
  readonly panels: readonly ShownPanel[];
}

/** So high that every panel is in view: those that are not are not loaded. */
const WIDTH = 1280;
const HEIGHT = 12_000;

/** Reads the page by the ids that Grafana keeps for its own tests: public/app/features/e2e, packages/grafana-e2e-selectors. */
const READ_PAGE = `({
  isLoading: document.querySelector('[aria-label="Panel loading bar"], [data-testid="data-testid Panel loading bar"], .preloader') !== null,
  panels: [...document.querySelectorAll('section[data-testid^="data-testid Panel header "]')].map((panel) => ({
    title: panel.dataset.testid.replace('data-testid Panel header ', ''),
    hasError: panel.querySelector('[data-testid="data-testid Panel status error"], [data-testid="data-testid Panel data error message"]') !== null,
    text: panel.innerText,
  })),
})`;

/**
 * Opens a dashboard in a browser and looks at every panel that is not in a collapsed row.
 * @param options how long it may take to load, 60 s by default.
 * @returns a line for each panel that shows an error or no data, and for those that are missing; and a picture of the page.
 */
export async function pageProblems(
  page: BrowserPage,
  grafana: GrafanaClient,
  dataSourceUid: string,
  dashboard: DashboardModel,
  { startSeconds, endSeconds }: TimeWindow,
  { withinMilliseconds = 60_000 }: { readonly withinMilliseconds?: number } = {},
): Promise<{ readonly problems: readonly string[]; readonly screenshot: Buffer }> {
  const parameters = new URLSearchParams({
    ...{ from: String(Math.floor(startSeconds * 1000)), to: String(Math.floor(endSeconds * 1000)), 'var-datasource': dataSourceUid },
    ...Object.fromEntries(
      (dashboard.templating?.list ?? []).filter(({ type }) => type === 'query').map(({ name }) => [`var-${name}`, '$__all']),
    ),
  });
  await page.setSize(WIDTH, HEIGHT);
  await page.setHeaders(grafana.headers);
  await page.goTo(`${grafana.url}/d/${dashboard.uid}?${parameters}&kiosk`);

  const wanted = dashboard.panels.filter(({ type }) => type !== 'row').map(({ title = '' }) => title);
  let shown: ShownPage;
  const deadline = Date.now() + withinMilliseconds;
  do {
    await sleep(200);
    shown = await page.evaluate<ShownPage>(READ_PAGE);
  } while ((shown.isLoading || shown.panels.length < wanted.length) && Date.now() < deadline);

  const titles = new Set(shown.panels.map(({ title }) => title));
  const problems = [
    ...(shown.isLoading ? ['it still loads'] : []),
    ...wanted.filter((title) => !titles.has(title)).map((title) => `${title}: it is not there`),
    ...shown.panels.filter(({ hasError }) => hasError).map(({ title, text }) => `${title}: an error: ${text}`),
    ...shown.panels.filter(({ text }) => /\bNo data\b/.test(text)).map(({ title }) => `${title}: No data`),
  ];
  return { problems: problems.map((problem) => `${dashboard.uid} / ${problem}`), screenshot: await page.screenshot() };
}
