import { expect, test } from 'vitest';
import { loadBackend } from '../../examples/digits/src/load-backend.ts';
import { loadDigits } from '../../examples/digits/src/load-digits.ts';
import { MetricsPage } from '../../examples/digits/src/metrics-page.ts';
import { runDemo } from '../../examples/digits/src/run-demo.ts';

const IMAGES = 2000;
const EPOCHS = 2;
const STEPS = EPOCHS * Math.ceil((IMAGES * 0.9) / 128);
const LOAD = { requests: 400, clients: 6, pauseMilliseconds: 2 };

test('the example trains on real digits, serves them, is read live, and tells in the end what its endpoint says', {
  timeout: 60_000,
}, async () => {
  const lines: string[] = [];
  const during: number[] = [];
  const backend = await loadBackend();
  let look: Promise<void> | undefined;
  let isTraining = true;
  const print = (line: string) => {
    lines.push(line);
    if (line.startsWith('Training')) look = lookWhileTraining();
    if (line.startsWith('Serving')) isTraining = false;
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
  const demo = await runDemo({ ...backend, workload: { trainingImages: IMAGES, epochs: EPOCHS }, load: LOAD, port: 0, print });
  await look;
  await demo.shutdown();

  const { page, load } = demo;
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

  const { sent } = load;
  expect(Object.values(sent).reduce((sum, count) => sum + count)).toBe(LOAD.requests);
  expect(Math.min(...Object.values(sent))).toBeGreaterThan(0);
  const served = (labels = {}) => page.sum('ml_inference_duration_seconds_count', labels);
  // Whoever is too impatient to send all of it may have left before the server saw the request, or after it has answered.
  expect(served()).toBeGreaterThanOrEqual(LOAD.requests - sent.impatient);
  expect(served()).toBeLessThanOrEqual(LOAD.requests);
  expect(page.value('ml_inference_errors_total', { error_type: 'invalid_input' })).toBe(sent.broken + sent.tooLarge);
  expect(page.value('ml_inference_errors_total', { error_type: '_OTHER' })).toBe(0);
  expect(page.sum('ml_inference_active_requests')).toBe(0);
  // Each request is one, though it comes by the server's wrapper and the function's.
  const good = sent.one + sent.many + sent.slow;
  expect(page.value('ml_inference_stage_duration_seconds_count', { ml_inference_stage: 'predict' })).toBeGreaterThanOrEqual(good);
  expect(page.value('ml_inference_stage_duration_seconds_count', { ml_inference_stage: 'predict' })).toBeLessThanOrEqual(
    good + sent.impatient,
  );
  expect(page.value('ml_inference_batch_size_count')).toBe(
    page.value('ml_inference_stage_duration_seconds_count', { ml_inference_stage: 'predict' }),
  );
  // The warm-up called the model as well.
  expect(page.value('ml_model_call_duration_seconds_count', { ml_model_method: 'predict' })).toBe(
    page.value('ml_inference_batch_size_count') + 1,
  );
  expect(page.value('ml_model_parameters')).toBe(784 * 128 + 128 + 128 * 10 + 10);
  expect(load.images).toBe(sent.one + sent.slow + 64 * sent.many);
  expect(load.right / load.images).toBeGreaterThan(0.5);
  expect(page.value('ml_model_warmup_duration_seconds')).toBeGreaterThan(0);

  expect(lines.join('\n')).toMatch(/loss +\d\.\d+ +\d\.\d+\n +accuracy +0\.\d+ +0\.\d+\n/);
  expect(lines.join('\n')).toMatch(/time: compute/);
  expect(lines.join('\n')).toMatch(/CPU +[\d.]+ s +\d+ %\n +memory +\d+ MB\n +event loop p99 +[\d.]+ ms\n +event loop max +[\d.]+ ms\n/);
  expect(lines.join('\n')).toMatch(/requests +\d+ +\d+ \/s\n(.*\n)*.*p50 +[\d.]+ ms\n +p95 +[\d.]+ ms\n +p99 +[\d.]+ ms\n/);
  expect(lines.join('\n')).not.toContain('NaN');
});

test('MNIST is read as its authors wrote it', async () => {
  const digits = await loadDigits('training', 5);
  expect([...digits.labels]).toEqual([5, 0, 4, 1, 9]);
  expect(digits.images).toHaveLength(5 * 784);
  expect(Math.max(...digits.images)).toBe(1);
  expect(Math.min(...digits.images)).toBe(0);
  expect([...(await loadDigits('test', 3)).labels]).toEqual([7, 2, 1]);
  await expect(loadDigits('training', 60_001)).rejects.toThrow('count is 60001, but there are 60000 images');
});

test('quantiles of a page are of all its series together, and interpolated within their bucket', () => {
  const series = (part: string, counts: readonly number[]) =>
    ['1', '2', '4', '+Inf'].map((bound, i) => `d_bucket{part="${part}",le="${bound}"} ${counts[i]}`);
  const page = new MetricsPage([...series('a', [0, 10, 10, 10]), ...series('b', [0, 0, 10, 11])].join('\n'));
  expect(page.quantile('d', 5 / 21)).toBeCloseTo(1.5, 12);
  expect(page.quantile('d', 15 / 21)).toBeCloseTo(3, 12);
  expect(page.quantile('d', 1)).toBe(4);
  expect(page.quantile('d', 0.5, { part: 'a' })).toBeCloseTo(1.5, 12);
  expect(page.quantile('none', 0.5)).toBeNaN();
});
