import { expect, test } from 'vitest';
import { layOut } from '../../src/grafana/layout.ts';
import type { Panel } from '../../src/grafana/panel.ts';
import { everywhere } from '../../src/promql/scope.ts';

const panel = (title: string, width: number, height: number): Panel => ({ title, width, height, build: () => ({ type: 'text', title }) });
const places = (panels: readonly { title?: string; id?: number; gridPos?: unknown }[]) =>
  panels.map(({ title, id, gridPos }) => [title, id, gridPos]);

test('panels stand side by side as far as there is room, each line as high as its highest', () => {
  const panels = layOut([panel('a', 12, 4), panel('b', 8, 6), panel('c', 8, 3), panel('d', 16, 2)], [], everywhere);
  expect(places(panels)).toEqual([
    ['a', 1, { x: 0, y: 0, w: 12, h: 4 }],
    ['b', 2, { x: 12, y: 0, w: 8, h: 6 }],
    ['c', 3, { x: 0, y: 6, w: 8, h: 3 }],
    ['d', 4, { x: 8, y: 6, w: 16, h: 2 }],
  ]);
});

test('an open row stands above its panels; a collapsed one holds them, and the next row follows at once', () => {
  const panels = layOut(
    [panel('top', 24, 2)],
    [
      { title: 'open', panels: [panel('a', 24, 5)] },
      { title: 'closed', panels: [panel('b', 24, 7)], isCollapsed: true },
      { title: 'last', panels: [panel('c', 24, 1)] },
    ],
    everywhere,
  );
  expect(places(panels)).toEqual([
    ['top', 1, { x: 0, y: 0, w: 24, h: 2 }],
    ['open', 100, { x: 0, y: 2, w: 24, h: 1 }],
    ['a', 101, { x: 0, y: 3, w: 24, h: 5 }],
    ['closed', 200, { x: 0, y: 8, w: 24, h: 1 }],
    ['last', 300, { x: 0, y: 9, w: 24, h: 1 }],
    ['c', 301, { x: 0, y: 10, w: 24, h: 1 }],
  ]);
  const closed = panels[3];
  if (!closed || !('panels' in closed)) throw new Error('the closed row holds nothing');
  expect(closed).toMatchObject({ type: 'row', collapsed: true });
  expect(places(closed.panels)).toEqual([['b', 201, { x: 0, y: 9, w: 24, h: 7 }]]);
});
