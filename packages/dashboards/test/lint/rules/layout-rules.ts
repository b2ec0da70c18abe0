import { contentPanels, type Panel, topLevel } from '../dashboard-json.ts';
import type { DashboardSubject } from '../subjects.ts';

const COLUMNS = 24;
const TYPES = [
  ...['timeseries', 'barchart', 'piechart', 'heatmap', 'stat', 'gauge', 'bargauge', 'table', 'state-timeline', 'status-history'],
  ...['histogram', 'text', 'row'],
];

/** Without them Grafana numbers panels anew, and links to a panel, from an alert for one, lead elsewhere. */
export function panelIdsAreUnique({ dashboard }: DashboardSubject): string | undefined {
  const ids = allPanels(dashboard).map(({ id }) => id);
  const bad = ids.find((id, i) => !(typeof id === 'number' && Number.isInteger(id) && id > 0) || ids.indexOf(id) !== i);
  return bad === undefined && !ids.includes(undefined) ? undefined : `the panel's number ${String(bad)} is none, or is there twice`;
}

/** Panels of Angular, such as graph and singlestat, are gone since Grafana 12. */
export function panelTypesAreKnown({ dashboard }: DashboardSubject): string | undefined {
  const bad = allPanels(dashboard).find(({ type }) => !TYPES.includes(type ?? ''));
  return bad && `${nameOf(bad)} is of the type ${String(bad.type)}`;
}

export function panelsAreOnGrid({ dashboard }: DashboardSubject): string | undefined {
  const bad = allPanels(dashboard).find((panel) => {
    const { x, y, w, h } = placeOf(panel);
    return ![x, y, w, h].every((n) => Number.isInteger(n) && n >= 0) || w < 1 || h < 1 || x + w > COLUMNS;
  });
  return bad && `${nameOf(bad)} is not within the ${COLUMNS} columns`;
}

/** A collapsed row's panels are laid out among themselves: they take no place until it is opened. */
export function panelsDoNotOverlap({ dashboard }: DashboardSubject): string | undefined {
  const groups = [topLevel(dashboard), ...topLevel(dashboard).map(({ panels = [] }) => panels)];
  for (const group of groups) {
    for (const [i, panel] of group.entries()) {
      const other = group.slice(i + 1).find((one) => overlap(panel, one));
      if (other) return `${nameOf(panel)} overlaps ${nameOf(other)}`;
    }
  }
  return undefined;
}

/** Import skips panels that lie in a row that is not collapsed, and a row without the field breaks. */
export function onlyCollapsedRowsHavePanels({ dashboard }: DashboardSubject): string | undefined {
  for (const panel of topLevel(dashboard)) {
    const { type, collapsed, panels } = panel;
    if (type !== 'row') {
      if (panels) return `${nameOf(panel)} has panels in it but is no row`;
    } else if (typeof collapsed !== 'boolean' || !panels) return `the row ${nameOf(panel)} does not say whether it is collapsed`;
    else if (collapsed !== panels.length > 0)
      return `the row ${nameOf(panel)} is ${collapsed ? 'collapsed and empty' : 'open and has panels in it'}`;
  }
  return undefined;
}

export function rowsAreTitled({ dashboard }: DashboardSubject): string | undefined {
  const titles = topLevel(dashboard)
    .filter(({ type }) => type === 'row')
    .map(({ title = '' }) => title.trim());
  const bad = titles.find((title, i) => title === '' || titles.indexOf(title) !== i);
  return bad === undefined ? undefined : `the row's title "${bad}" is empty, or is there twice`;
}

export function rowsHavePanels({ dashboard }: DashboardSubject): string | undefined {
  const panels = topLevel(dashboard);
  const empty = panels.find(({ type, collapsed }, i) => type === 'row' && collapsed === false && (panels[i + 1]?.type ?? 'row') === 'row');
  return empty && `the row ${nameOf(empty)} has nothing under it`;
}

export function titlesInRowAreDistinct({ dashboard }: DashboardSubject): string | undefined {
  let titles: string[] = [];
  for (const panel of topLevel(dashboard)) {
    if (panel.type === 'row') titles = [];
    for (const { type, title = '' } of panel.type === 'row' ? (panel.panels ?? []) : [panel]) {
      if (type === 'text') continue;
      if (titles.includes(title)) return `two panels of one row are called ${title}`;
      titles.push(title);
    }
  }
  return undefined;
}

function allPanels(dashboard: DashboardSubject['dashboard']): Panel[] {
  return [...topLevel(dashboard).filter(({ type }) => type === 'row'), ...contentPanels(dashboard)];
}

function overlap(one: Panel, other: Panel): boolean {
  const [a, b] = [placeOf(one), placeOf(other)];
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

function placeOf({ gridPos: { x = NaN, y = NaN, w = NaN, h = NaN } = {} }: Panel) {
  return { x, y, w, h };
}

const nameOf = ({ title, id }: Panel) => title ?? String(id);
