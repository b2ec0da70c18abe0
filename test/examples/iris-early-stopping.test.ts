import { expect, test } from 'vitest';
import { trainIris } from '../../examples/iris-early-stopping/src/train-iris.ts';
import { MetricsPage } from '../../examples/digits/src/metrics-page.ts';

test('the example tells iris apart, stops early, and prints what its endpoint says', async () => {
  const lines: string[] = [];
  const trained = await trainIris({ port: 0, print: (line) => lines.push(line) });
  await trained.shutdown();
  const page = new MetricsPage(trained.page);
  expect(trained.epochs).toBeGreaterThan(5);
  expect(trained.epochs).toBeLessThan(200);
  expect(page.value('ml_training_epoch')).toBe(trained.epochs);
  expect(page.value('ml_training_epochs_without_improvement')).toBe(5);
  expect(page.value('ml_training_steps_total')).toBe(8 * trained.epochs);
  expect(page.value('ml_training_samples_total')).toBe(120 * trained.epochs);
  expect(page.value('ml_training_progress_ratio')).toBeCloseTo(trained.epochs / 200, 12);
  expect(page.value('ml_training_accuracy_ratio', { ml_dataset_split: 'validation' })).toBeGreaterThan(0.9);
  expect(page.value('ml_training_runs_total', { ml_training_result: 'early_stopped' })).toBe(1);
  expect(page.value('ml_training_time_seconds_total', { ml_training_activity: 'data_wait' })).toBeGreaterThan(0);
  expect(page.value('ml_training_run_active')).toBe(0);
  expect(lines).toContain('  ml_training_epochs_without_improvement{ml_model_name="iris",ml_run_id="example"} 5');
  expect(lines.at(-1)).toMatch(/^ {2}ml_training_/);
});
