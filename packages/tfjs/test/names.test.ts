import { expect, test } from 'vitest';
import { stableModelName } from '../src/model-name.ts';
import { newRunId } from '../src/run/run-id.ts';

test.each([
  ['sequential_3_model', 'sequential'],
  ['sequential_1', 'sequential'],
  ['model1', 'model1'],
  ['my_model', 'my'],
  ['digits', 'digits'],
  ['', 'model'],
  [undefined, 'model'],
])('the name %s is told as %s', (given, stable) => {
  expect(stableModelName(given)).toBe(stable);
});

test('a run id says when the run began and differs from the next', () => {
  const ids = Array.from({ length: 5 }, () => newRunId(1_700_000_000.75));
  for (const id of ids) expect(id).toMatch(/^2023-11-14T22:13:20Z-[0-9a-f]{4}$/);
  expect(new Set(ids).size).toBeGreaterThan(1);
});
