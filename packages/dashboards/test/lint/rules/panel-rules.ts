import { isQueryPanel, option, type Panel, variablesOf } from '../dashboard-json.ts';
import type { DashboardSubject, PanelSubject } from '../subjects.ts';
import { UNITS } from '../units.ts';

// The panel rules of grafana/dashboard-linter 0.2.0, for every type of panel: the linter looks at six of them, and not at bar charts, pies, heat maps …

/** panel-datasource-rule */
export function panelUsesDataSourceVariable({ dashboard, panel }: PanelSubject): string | undefined {
  if (!isQueryPanel(panel)) return undefined;
  const sources = variablesOf(dashboard).filter(({ type }) => type === 'datasource');
  const uid = panel.datasource?.uid ?? '';
  return sources.some(({ name }) => uid === `$${name}` || uid === `\${${name}}`) ? undefined : `its data source is ${uid || 'not named'}`;
}

/** panel-title-description-rule */
export function panelHasTitleAndDescription({ panel }: PanelSubject): string | undefined {
  if (!panel.title?.trim()) return panel.type === 'text' ? undefined : 'it has no title';
  return !isQueryPanel(panel) || panel.description?.trim() ? undefined : 'it has no description';
}

/** panel-units-rule; every unit has to be known, not just one. */
export function panelHasUnits({ panel }: PanelSubject): string | undefined {
  if (!isQueryPanel(panel)) return undefined;
  const { defaults, overrides = [] } = panel.fieldConfig ?? {};
  const overriding = overrides.flatMap(({ properties = [] }) =>
    properties.filter(({ id }) => id === 'unit').map(({ value }) => String(value)),
  );
  const units = [...(defaults?.unit === undefined ? [] : [defaults.unit]), ...overriding, ...axisUnit(panel)];
  const unknown = units.find((unit) => !UNITS.has(unit));
  if (unknown !== undefined) return `its unit ${unknown} is none of Grafana's`;
  if (panel.type === 'heatmap' && axisUnit(panel).length === 0) return 'its axis has no unit';
  // What is mapped to words has none.
  const hasMappings = (defaults?.mappings ?? []).length > 0;
  return units.length > 0 || hasMappings || showsWords(panel) ? undefined : 'it has no unit';
}

function axisUnit(panel: Panel): string[] {
  const unit = option(panel, 'yAxis')?.['unit'];
  return typeof unit === 'string' ? [unit] : [];
}

/** A stat that shows a field by its name shows text. */
function showsWords(panel: Panel): boolean {
  return Boolean(option(panel, 'reduceOptions')?.['fields']);
}

/** panel-no-targets-rule */
export function panelHasTargets({ panel }: PanelSubject): string | undefined {
  if (!isQueryPanel(panel)) return panel.targets === undefined ? undefined : 'it shows no data but has queries';
  return panel.targets && panel.targets.length > 0 ? undefined : 'it has no query';
}

/** uneditable-dashboard */
export function dashboardIsNotEditable({ dashboard }: DashboardSubject): string | undefined {
  return dashboard.editable === false ? undefined : 'it can be edited, and the edits would be lost with the next version';
}
