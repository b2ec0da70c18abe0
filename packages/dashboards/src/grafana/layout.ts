import type { Scope } from '../promql/scope.ts';
import type { Panel } from './panel.ts';
import type { PanelJson, RowJson } from './schema.ts';

/** Panels under a heading. */
export interface Row {
  readonly title: string;
  readonly panels: readonly Panel[];
  /** For what not everybody uses: it opens with a click, and asks nothing before. @default false */
  readonly isCollapsed?: boolean;
}

const COLUMNS = 24;

/** A number for each panel: the row's hundred and its place there, so that a new panel changes those after it in its row alone. */
const idOf = (row: number, place: number) => 100 * row + place + 1;

/** Gives each panel its number and its place, from left to right and from top to bottom. */
export function layOut(top: readonly Panel[], rows: readonly Row[], scope: Scope): (PanelJson | RowJson)[] {
  const placed: (PanelJson | RowJson)[] = [];
  let y = 0;
  const place = (panels: readonly Panel[], row: number) => {
    const block = placePanels(panels, y, (index) => idOf(row, index), scope);
    y = block.bottom;
    return block.panels;
  };
  placed.push(...place(top, 0));
  for (const [index, { title, panels, isCollapsed = false }] of rows.entries()) {
    const heading = { type: 'row', title, id: idOf(index + 1, -1), gridPos: { x: 0, y: y++, w: COLUMNS, h: 1 } } as const;
    const below = y;
    const block = place(panels, index + 1);
    if (isCollapsed) {
      placed.push({ ...heading, collapsed: true, panels: block });
      y = below;
    } else {
      placed.push({ ...heading, collapsed: false, panels: [] }, ...block);
    }
  }
  return placed;
}

function placePanels(
  panels: readonly Panel[],
  top: number,
  idAt: (index: number) => number,
  scope: Scope,
): { panels: PanelJson[]; bottom: number } {
  const placed: PanelJson[] = [];
  let x = 0;
  let y = top;
  let lineHeight = 0;
  for (const [index, panel] of panels.entries()) {
    if (x + panel.width > COLUMNS) {
      x = 0;
      y += lineHeight;
      lineHeight = 0;
    }
    placed.push({ ...panel.build(scope), id: idAt(index), gridPos: { x, y, w: panel.width, h: panel.height } });
    x += panel.width;
    lineHeight = Math.max(lineHeight, panel.height);
  }
  return { panels: placed, bottom: y + lineHeight };
}
