import { isQueryPanel, type Panel, stringsIn } from '../dashboard-json.ts';
import { parse } from '../promql.ts';
import { resultLabels } from '../result-labels.ts';
import type { PanelSubject } from '../subjects.ts';

export function tableAsksForTables({ panel }: PanelSubject): string | undefined {
  const bad = panel.type === 'table' && (panel.targets ?? []).find(({ format }) => format !== 'table');
  return bad ? `${String(bad.refId)} is not asked for as a table` : undefined;
}

/** Columns that are renamed, moved or hidden are labels of an answer or its values. A name that is wrong does nothing, without a word. */
export function organizedColumnsExist({ panel, catalogue }: PanelSubject): string | undefined {
  const columns = columnsOf(panel, catalogue);
  const named = organized(panel).flatMap(({ excludeByName = {}, indexByName = {}, renameByName = {} }) => [
    ...Object.keys(excludeByName),
    ...Object.keys(indexByName),
    ...Object.keys(renameByName),
  ]);
  const unknown = columns && named.find((name) => !columns.includes(name));
  return unknown && `it organizes the column ${unknown}, which no answer has`;
}

/** As above, for overrides, sorting and the axis of bars: by the names that columns have in the end. */
export function namedColumnsExist({ panel, catalogue }: PanelSubject): string | undefined {
  const columns = columnsOf(panel, catalogue);
  if (!columns || !['table', 'barchart'].includes(panel.type ?? '')) return undefined;
  const renamed = Object.assign({}, ...organized(panel).map(({ renameByName = {} }) => renameByName)) as Record<string, string>;
  const shown = new Set(columns.map((name) => renamed[name] || name));
  const overrides = (panel.fieldConfig?.overrides ?? []).flatMap(({ matcher }) =>
    matcher?.id === 'byName' ? [String(matcher.options)] : [],
  );
  const sorted = stringsIn((panel.options?.['sortBy'] as { displayName?: string }[] | undefined)?.map(({ displayName }) => displayName));
  const axis = stringsIn([panel.options?.['xField']]);
  const unknown = [...overrides, ...sorted, ...axis].find((name) => !shown.has(name));
  return unknown && `it refers to the column ${unknown}, which there is not`;
}

interface Organize {
  readonly excludeByName?: Readonly<Record<string, boolean>>;
  readonly indexByName?: Readonly<Record<string, number>>;
  readonly renameByName?: Readonly<Record<string, string>>;
}

function organized({ transformations = [] }: Panel): Organize[] {
  return transformations.filter(({ id }) => id === 'organize').map(({ options = {} }) => options as Organize);
}

/** Columns of tables before they are organized; `undefined` if they cannot be known, since other transformations make some. */
function columnsOf(panel: Panel, catalogue: PanelSubject['catalogue']): string[] | undefined {
  const { targets = [], transformations = [] } = panel;
  if (!isQueryPanel(panel) || targets.some(({ format }) => format !== 'table')) return undefined;
  if (transformations.some(({ id }) => !['organize', 'merge', 'sortBy', 'filterByValue', 'joinByField'].includes(id ?? '')))
    return undefined;
  const labels = targets.map(({ expr = '' }) => resultLabels(parse(expr), catalogue));
  if (labels.includes(undefined)) return undefined;
  const values = targets.length > 1 ? targets.map(({ refId }) => `Value #${String(refId)}`) : ['Value'];
  return ['Time', ...values, ...labels.flatMap((some) => [...(some ?? [])])];
}
