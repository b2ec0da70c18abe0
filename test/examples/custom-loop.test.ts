import { expect, test } from 'vitest';
import { trainLine } from '../../examples/custom-loop/src/train-line.ts';
import { MetricsPage } from '../../examples/digits/src/metrics-page.ts';

test('the example finds its line, and prints what its endpoint says', async () => {
  const lines: string[] = [];
  const trained = await trainLine({ port: 0, print: (line) => lines.push(line) });
  await trained.shutdown();
  const page = new MetricsPage(trained.page);
  expect(Math.abs(trained.line[0] - 3)).toBeLessThan(0.1);
  expect(Math.abs(trained.line[1] - 1)).toBeLessThan(0.1);
  expect(page.value('ml_training_steps_total')).toBe(200);
  expect(page.value('ml_training_samples_total')).toBe(200 * 32);
  expect(page.value('ml_training_step_duration_seconds_count', { ml_timing: 'complete' })).toBe(199);
  expect(page.value('ml_training_progress_ratio')).toBe(1);
  expect(page.value('ml_training_learning_rate')).toBe(0.2);
  expect(page.value('ml_training_loss', { ml_dataset_split: 'train' })).toBeLessThan(0.1);
  expect(page.value('ml_training_loss', { ml_dataset_split: 'validation' })).toBeLessThan(0.1);
  expect(page.value('ml_training_runs_total', { ml_training_result: 'success' })).toBe(1);
  for (const activity of ['compile', 'compute', 'data_wait', 'validation']) {
    expect(page.value('ml_training_time_seconds_total', { ml_training_activity: activity }), activity).toBeGreaterThan(0);
  }
  const seconds = page.samples('ml_training_time_seconds_total').reduce((sum, { value }) => sum + value, 0);
  expect(seconds).toBeCloseTo(page.value('ml_training_run_duration_seconds_sum'), 6);
  expect(lines).toContain('  ml_training_progress_ratio{ml_model_name="line",ml_run_id="example"} 1');
});
