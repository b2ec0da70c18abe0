import { variablesOf } from '../dashboard-json.ts';
import type { DashboardSubject, LinkSubject } from '../subjects.ts';

const uidIn = (url: string) => /^\/d\/([\w-]+)/.exec(url)?.[1];

/** To a dashboard that is shipped, or to a page by https. */
export function linkLeadsSomewhere({ url, shipped }: LinkSubject): string | undefined {
  if (/^https:\/\/[\w.-]+\//.test(url)) return undefined;
  return shipped.has(uidIn(url) ?? '') ? undefined : `it leads to ${url || 'nowhere'}`;
}

export function linkLeadsElsewhere({ url, dashboard, keeps }: LinkSubject): string | undefined {
  return keeps && uidIn(url) === dashboard.uid ? 'it leads to its own dashboard' : undefined;
}

export function linkKeepsTime({ url, keeps }: LinkSubject): string | undefined {
  if (uidIn(url) === undefined) return undefined;
  return (keeps ? keeps.time : url.includes('${__url_time_range}')) ? undefined : 'it forgets the time range';
}

/** All of them, or at least where the data comes from. */
export function linkKeepsVariables({ url, keeps }: LinkSubject): string | undefined {
  if (uidIn(url) === undefined || url.includes('${__all_variables}')) return undefined;
  if (keeps) return keeps.variables ? undefined : 'it forgets the variables';
  const forgotten = ['datasource', 'job', 'instance'].find(
    (name) => !url.includes(`\${${name}:queryparam}`) && !url.includes(`var-${name}=`),
  );
  return forgotten && `it forgets the variable ${forgotten}`;
}

/** Grafana ignores what the other dashboard does not know. */
export function linkSetsVariablesOfItsTarget({ url, shipped }: LinkSubject): string | undefined {
  const target = shipped.get(uidIn(url) ?? '');
  if (!target) return undefined;
  const set = [...url.matchAll(/\$\{(\w+):queryparam\}|[?&]var-(\w+)=/g)].map(([, kept, given]) => kept ?? given ?? '');
  const unknown = set.find((name) => !variablesOf(target).some((variable) => variable.name === name));
  return unknown && `it sets ${unknown}, which ${String(target.uid)} does not have`;
}

export function dashboardLinksByTagFindSome({ dashboard, shipped }: DashboardSubject): string | undefined {
  const bad = (dashboard.links ?? []).find(({ type, tags = [], keepTime, includeVars }) => {
    if (type !== 'dashboards') return false;
    const found = [...shipped.values()].filter((one) => tags.some((tag) => one.tags?.includes(tag)));
    return found.length === 0 || !keepTime || !includeVars;
  });
  return bad && `the link ${String(bad.title)} finds no dashboard, or forgets the time or the variables`;
}

export function dashboardLinksToAllOthers({ dashboard, shipped }: DashboardSubject): string | undefined {
  const links = dashboard.links ?? [];
  const linked = new Set(links.map(({ url = '' }) => uidIn(url)));
  const tags = links.filter(({ type }) => type === 'dashboards').flatMap(({ tags = [] }) => tags);
  const missed = [...shipped].find(
    ([uid, one]) => uid !== dashboard.uid && !linked.has(uid) && !one.tags?.some((tag) => tags.includes(tag)),
  );
  return missed && `it has no link to ${missed[0]}`;
}
