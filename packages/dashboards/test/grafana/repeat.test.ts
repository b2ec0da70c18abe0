import { expect, test } from 'vitest';
import { layOut } from '../../src/grafana/layout.ts';
import { repeatFor } from '../../src/grafana/repeat.ts';
import { text } from '../../src/grafana/text.ts';
import { everywhere } from '../../src/promql/scope.ts';

test('a panel that is repeated for the values of a variable has a line of its own, two to the line', () => {
  const panels = [
    text({ title: 'before', width: 8, content: '' }),
    repeatFor('model', text({ title: 'About $model', width: 8, content: '' })),
    text({ title: 'after', width: 8, content: '' }),
  ];
  const placed = layOut(panels, [], everywhere);
  expect(placed[1]).toMatchObject({
    title: 'About $model',
    repeat: 'model',
    repeatDirection: 'h',
    maxPerRow: 2,
    gridPos: { x: 0, y: 3, w: 24 },
  });
  expect(placed.map(({ gridPos }) => gridPos?.y)).toEqual([0, 3, 6]);
});
