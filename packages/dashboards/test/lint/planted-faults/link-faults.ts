import type { Dashboard } from '../dashboard-json.ts';
import { link, options, panel, panelLink, without } from '../edits.ts';

const kept = '?${__url_time_range}&${__all_variables}';

export const linkFaults: Readonly<Record<string, readonly Dashboard[]>> = {
  linkLeadsSomewhere: [
    link({ url: '/d/modelmeter-none' }),
    link({ url: '' }),
    panelLink(`/d/none${kept}`),
    panelLink('http://example.com/'),
    options(1, { content: '[x](/dashboards)' }),
    panel(7, { links: [{ title: 'x', url: 'd/modelmeter-other' }] }),
  ],
  linkLeadsElsewhere: [link({ url: '/d/modelmeter-good' })],
  linkKeepsTime: [
    link({ keepTime: false }),
    panelLink('/d/modelmeter-other?${__all_variables}'),
    options(1, { content: '[x](/d/modelmeter-other)' }),
  ],
  linkKeepsVariables: [
    link({ includeVars: false }),
    panelLink('/d/modelmeter-other?${__url_time_range}'),
    panelLink('/d/modelmeter-other?${__url_time_range}&${datasource:queryparam}&${job:queryparam}'),
  ],
  linkSetsVariablesOfItsTarget: [
    panelLink(`/d/modelmeter-other${kept}&var-run=1`),
    panelLink(`/d/modelmeter-other${kept}&\${run:queryparam}`),
  ],
  dashboardLinksByTagFindSome: [
    link({ type: 'dashboards', tags: [] }),
    link({ type: 'dashboards', tags: ['none'] }),
    link({ type: 'dashboards', tags: ['modelmeter'], keepTime: false }),
  ],
  dashboardLinksToAllOthers: [without('links'), link({ url: 'https://example.com/' })],
};
