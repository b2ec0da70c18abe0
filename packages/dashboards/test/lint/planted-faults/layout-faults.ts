import type { Dashboard } from '../dashboard-json.ts';
import { added, panel } from '../edits.ts';

const place = (x: number, y: number, w: number, h: number) => ({ gridPos: { x, y, w, h } });

export const layoutFaults: Readonly<Record<string, readonly Dashboard[]>> = {
  panelIdsAreUnique: [
    panel(3, { id: 4 }),
    panel(7, { id: 3 }),
    panel(2, { id: 0 }),
    panel(3, { id: undefined }),
    panel(3, { id: '3' }),
    panel(6, { id: 1.5 }),
  ],
  panelTypesAreKnown: [
    ...['graph', 'singlestat', 'table-old', 'xychart', undefined].map((type) => panel(3, { type })),
    panel(7, { type: 'table-old' }),
  ],
  panelsAreOnGrid: [place(13, 3, 12, 8), place(-1, 3, 4, 8), place(0, 3, 0, 8), place(0.5, 3, 2, 8), {}].flatMap((change) => [
    panel(4, { gridPos: undefined, ...change }),
    panel(7, { gridPos: undefined, ...change }),
  ]),
  panelsDoNotOverlap: [
    panel(4, place(11, 3, 12, 8)),
    panel(3, place(0, 2, 12, 8)),
    panel(5, place(0, 10, 24, 1)),
    panel(7, place(5, 12, 18, 8)),
  ],
  onlyCollapsedRowsHavePanels: [
    panel(5, { collapsed: false }),
    panel(2, { collapsed: true }),
    panel(2, { collapsed: undefined }),
    panel(2, { panels: undefined }),
    panel(3, { panels: [] }),
  ],
  rowsAreTitled: [panel(2, { title: '' }), panel(5, { title: 'Speed' })],
  rowsHavePanels: [added({ id: 9, type: 'row', title: 'Nothing', collapsed: false, panels: [], ...place(0, 12, 24, 1) })],
  titlesInRowAreDistinct: [panel(4, { title: 'Steps' }), panel(6, { title: 'Results' })],
};
