import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { MetricsPage } from '../../examples/digits/src/metrics-page.ts';
import { IRIS_FILE } from '../../examples/serve-onnx/src/iris-file.ts';
import { runExample } from '../../examples/serve-onnx/src/run-example.ts';
import { flowersOf } from '../../examples/serve-onnx/train/flowers.ts';
import { irisModel } from '../../examples/serve-onnx/train/iris-model.ts';
import { shareRight, trainClassifier } from '../../examples/serve-onnx/train/softmax-regression.ts';

const FLOWERS = 150;
const MISTAKES = 10;

test('the committed model is the one that its script makes, and tells flowers apart that it has never seen', async () => {
  const classifier = trainClassifier(flowersOf('train'));
  expect(Buffer.from(irisModel(classifier)).equals(await readFile(IRIS_FILE))).toBe(true);
  expect(shareRight(classifier, flowersOf('train'))).toBeCloseTo(118 / 120, 12);
  expect(shareRight(classifier, flowersOf('test'))).toBeCloseTo(29 / 30, 12);
});

test('the example serves it, and its endpoint counts every request, flower and batch', async () => {
  const lines: string[] = [];
  const run = await runExample({ port: 0, print: (line) => lines.push(line) });
  await run.shutdown();
  // As many as the script says of the two parts of the data.
  expect(run.asked).toEqual({ requests: FLOWERS + MISTAKES, flowers: FLOWERS, right: 118 + 29, refused: MISTAKES });

  const page = new MetricsPage(run.page);
  const [succeeded, ...failed] = page.samples('ml_inference_duration_seconds_count');
  expect(succeeded).toMatchObject({
    labels: { ml_model_name: 'iris', ml_model_version: '1', ml_operation_name: 'classify' },
    value: FLOWERS,
  });
  expect(failed).toMatchObject([{ labels: { error_type: 'invalid_input' }, value: MISTAKES }]);
  expect(page.sum('ml_inference_errors_total')).toBe(MISTAKES);
  expect(page.value('ml_inference_active_requests')).toBe(0);
  expect(page.value('ml_inference_queue_size')).toBe(0);

  const stages = (stage: string) => page.value('ml_inference_stage_duration_seconds_count', { ml_inference_stage: stage });
  const batches = page.value('ml_inference_batch_size_count');
  expect(page.value('ml_inference_batch_size_sum')).toBe(FLOWERS);
  expect(page.value('ml_inference_batch_size_bucket', { le: '8' })).toBe(batches);
  expect(batches).toBeLessThan(FLOWERS);
  expect(stages('predict')).toBe(batches);
  expect(stages('queue')).toBe(FLOWERS);
  expect(stages('preprocess')).toBe(FLOWERS + MISTAKES);

  expect(page.value('ml_model_info', { ml_system_name: 'onnxruntime' })).toBe(1);
  expect(page.value('ml_model_load_duration_seconds_count')).toBe(1);
  expect(page.value('ml_model_warmup_duration_seconds')).toBeGreaterThan(0);
  expect(lines).toContain(`${FLOWERS + MISTAKES} requests: 147 of ${FLOWERS} flowers answered rightly, ${MISTAKES} requests refused.`);
  expect(lines.at(-1)).toMatch(/^ {2}ml_/);
});
