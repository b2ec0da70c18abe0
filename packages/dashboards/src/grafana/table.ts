import { prometheusLabel } from '@modelmeter/core';
import type { Vector } from '../promql/vector.ts';
import { type FieldOptions, fieldJson, NOT_REPORTING } from './field.ts';
import { describe, type Panel, type PanelLink, type PanelOptions } from './panel.ts';
import { DATA_SOURCE } from './schema.ts';
import { latest, refId, targetJson } from './target.ts';

/** A column of numbers. */
export interface Column<L extends string> extends Omit<FieldOptions, 'noValue'> {
  readonly title: string;
  readonly query: Vector<L>;
  /** Colours the cell by the thresholds. @default false */
  readonly isColored?: boolean;
  /** Leaves the numbers out: the query is there for its labels. @default false */
  readonly isHidden?: boolean;
}

export interface TableOptions<L extends string> extends PanelOptions {
  /** The columns that name a row, in their order: dotted attribute and title. Labels that are not named are left out. */
  readonly labels: Readonly<Partial<Record<L, string>>>;
  readonly columns: readonly Column<L>[];
  /** What stands where there is no row. @default 'Not reporting: see Telemetry health' */
  readonly noValue?: string;
  /** Title of the column by which rows are sorted, the largest first. */
  readonly sortBy?: string;
  /** Where a click on a label leads, by the title of its column. */
  readonly labelLinks?: Readonly<Record<string, PanelLink>>;
}

/** Values at the end of the time range, a row for each combination of labels. Queries that lack a label of the others add to the rows that agree in the rest. */
export function table<L extends string>(options: TableOptions<L>): Panel {
  const { title, description, width = 24, height = 8, labels, columns, sortBy, labelLinks = {}, noValue = NOT_REPORTING } = options;
  const targets = columns.map(({ query }) => latest(query));
  const named = Object.entries<string | undefined>(labels).map(([key, name]) => [prometheusLabel(key), name as string] as const);
  const values = columns.map((column, index) => [columns.length > 1 ? `Value #${refId(index)}` : 'Value', column] as const);
  return {
    title,
    width,
    height,
    build: (scope) => ({
      type: 'table',
      title,
      description: describe(description, targets),
      datasource: DATA_SOURCE,
      targets: targets.map((target, index) => targetJson(target, index, scope, 'table')),
      transformations: [
        { id: 'merge', options: {} },
        {
          id: 'organize',
          options: {
            excludeByName: Object.fromEntries(
              ['Time', ...values.filter(([, { isHidden }]) => isHidden).map(([name]) => name)].map((name) => [name, true]),
            ),
            indexByName: Object.fromEntries([...named, ...values].map(([name], index) => [name, index])),
            renameByName: Object.fromEntries([...named, ...values.map(([name, column]) => [name, column.title] as const)]),
          },
        },
      ],
      fieldConfig: {
        defaults: { unit: 'none', noValue, custom: { align: 'auto', filterable: true, cellOptions: { type: 'auto' } } },
        overrides: [
          ...columns
            .filter(({ isHidden }) => !isHidden)
            .map((column) => ({ matcher: { id: 'byName', options: column.title }, properties: columnJson(column) })),
          ...Object.entries(labelLinks).map(([name, link]) => ({
            matcher: { id: 'byName', options: name },
            properties: [{ id: 'links', value: [{ ...link, targetBlank: false }] }],
          })),
        ],
      },
      options: {
        showHeader: true,
        cellHeight: 'sm',
        frameIndex: 0,
        ...(sortBy === undefined ? {} : { sortBy: [{ displayName: sortBy, desc: true }] }),
      },
    }),
  };
}

function columnJson({ isColored = false, ...column }: Pick<Column<string>, 'isColored'> & FieldOptions): { id: string; value: unknown }[] {
  const { noValue: _, ...field } = fieldJson(column);
  return [
    ...Object.entries(field).map(([id, value]) => ({ id, value })),
    // A cell without a value says nothing of reporting: a run may just lack it.
    { id: 'noValue', value: '–' },
    ...(isColored ? [{ id: 'custom.cellOptions', value: { type: 'color-background', mode: 'basic' } }] : []),
  ];
}
