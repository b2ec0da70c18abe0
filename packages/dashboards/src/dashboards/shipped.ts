import type { PanelLink } from '../grafana/panel.ts';
import type { LinkJson } from '../grafana/schema.ts';

/** The dashboards that are shipped, in the order in which they are linked. */
const SHIPPED = {
  overview: 'Overview',
  training: 'Training',
  inference: 'Inference',
  resources: 'Resources',
  'telemetry-health': 'Telemetry health',
} as const;

export type DashboardName = keyof typeof SHIPPED;

export function uidOf(name: DashboardName): string {
  return `modelmeter-${name}`;
}

export function titleOf(name: DashboardName): string {
  return `modelmeter / ${SHIPPED[name]}`;
}

/** Links from one dashboard to the others, which keep the time range and the variables. */
export function linksFrom(name: DashboardName): LinkJson[] {
  return (Object.keys(SHIPPED) as DashboardName[])
    .filter((other) => other !== name)
    .map((other) => ({
      type: 'link',
      title: SHIPPED[other],
      url: `/d/${uidOf(other)}`,
      tooltip: '',
      icon: 'dashboard',
      tags: [],
      asDropdown: false,
      targetBlank: false,
      keepTime: true,
      includeVars: true,
    }));
}

/** A link from a value to a dashboard, with the time range, the variables that all have, and what the clicked series tells more. */
export function drillDown(name: DashboardName, more = ''): PanelLink {
  return linkTo(name, ['datasource', 'job', 'instance'], more);
}

/** A link from the instance in a table to a dashboard of that instance alone. */
export function drillDownToInstance(name: DashboardName): PanelLink {
  return linkTo(name, ['datasource', 'job'], 'var-instance=${__value.raw}');
}

function linkTo(name: DashboardName, variables: readonly string[], more: string): PanelLink {
  const kept = variables.map((variable) => `\${${variable}:queryparam}`);
  return {
    title: `Open ${SHIPPED[name]}`,
    url: `/d/${uidOf(name)}?\${__url_time_range}&${[...kept, ...(more === '' ? [] : [more])].join('&')}`,
  };
}
