import { expect, test } from 'vitest';
import { loadBackend } from '../../examples/train-digits/src/load-backend.ts';
import { loadDigits } from '../../examples/train-digits/src/load-digits.ts';
import { MetricsPage } from '../../examples/train-digits/src/metrics-page.ts';
import { trainDigits } from '../../examples/train-digits/src/train-digits.ts';

const IMAGES = 2000;
const EPOCHS = 2;
const STEPS = EPOCHS * Math.ceil((IMAGES * 0.9) / 128);

test('the example trains on real digits, is read live, and tells in the end what its endpoint says', { timeout: 60_000 }, async () => {
  const lines: string[] = [];
  const during: number[] = [];
  const backend = await loadBackend();
  let look: Promise<void> | undefined;
  let isTraining = true;
  const print = (line: string) => {
    lines.push(line);
    if (line.startsWith('Training')) look = lookWhileTraining();
  };
  const lookWhileTraining = async () => {
    const url =
      lines
        .find((line) => line.startsWith('Metrics:'))
        ?.slice('Metrics:'.length)
        .trim() ?? '';
    for (let i = 0; i < 1000 && isTraining; i++) {
      const page = new MetricsPage(await (await fetch(url)).text());
      if (page.value('ml_training_run_active') === 1) during.push(page.value('ml_training_steps_total'));
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const trained = await trainDigits({ ...backend, workload: { trainingImages: IMAGES, epochs: EPOCHS }, port: 0, print });
  isTraining = false;
  await look;
  await trained.shutdown();

  const { page } = trained;
  expect(page.value('ml_training_steps_total')).toBe(STEPS);
  expect(page.value('ml_training_samples_total')).toBe(EPOCHS * IMAGES * 0.9);
  expect(page.value('ml_training_step_duration_seconds_count')).toBe(STEPS - 1);
  expect(page.value('ml_training_runs_total', { ml_training_result: 'success' })).toBe(1);
  expect(page.value('ml_training_run_active')).toBe(0);
  expect(page.value('ml_training_accuracy_ratio', { ml_dataset_split: 'validation' })).toBeGreaterThan(0.5);
  const seconds = page.samples('ml_training_time_seconds_total').reduce((sum, { value }) => sum + value, 0);
  expect(seconds).toBeCloseTo(page.value('ml_training_run_duration_seconds_sum'), 6);

  // Somewhere in between, not only before and after: the endpoint is served while tfjs computes.
  expect(during.filter((steps) => steps > 0 && steps < STEPS).length).toBeGreaterThan(0);
  expect(during).toEqual([...during].sort((a, b) => a - b));
  expect(lines.at(-1)).toMatch(/loss +\d\.\d+ +\d\.\d+\n +accuracy +0\.\d+ +0\.\d+\n/);
  expect(lines.at(-1)).toMatch(/time: compute/);
});

test('the digits are those of MNIST', async () => {
  const { images, labels, count } = await loadDigits(10);
  expect(count).toBe(10);
  expect([...labels]).toEqual([5, 0, 4, 1, 9, 2, 1, 3, 1, 4]);
  expect(images.length).toBe(10 * 784);
  expect(Math.max(...images)).toBe(1);
  await expect(loadDigits(60_001)).rejects.toThrow('count is 60001, but there are 60000 images');
});

test('quantiles of a page are interpolated within their bucket', () => {
  const page = new MetricsPage(
    ['d_bucket{le="1"} 0', 'd_bucket{le="2"} 10', 'd_bucket{le="4"} 20', 'd_bucket{le="+Inf"} 21', 'd_sum 50', 'd_count 21'].join('\n'),
  );
  expect(page.quantile('d', 5 / 21)).toBeCloseTo(1.5, 12);
  expect(page.quantile('d', 15 / 21)).toBeCloseTo(3, 12);
  expect(page.quantile('d', 1)).toBe(4);
  expect(page.quantile('none', 0.5)).toBeNaN();
});
