import { join } from 'node:path';
import { attributes, type MetricDefinition, trainingMetrics as metric } from '@modelmeter/core';
import { beforeAll, describe, expect } from 'vitest';
import type { Outcome } from './full-mnist/train.ts';
import { run } from './packaging/run.ts';
import { testWithTfjsNode } from './test-with-tfjs-node.ts';

const STEPS = 4 * Math.ceil(50_000 / 128);
const testOnTfjsNode = testWithTfjsNode();

describe('on all 60,000 digits of MNIST with tfjs-node', () => {
  let without: Outcome;
  let measured: Outcome;

  async function train(...options: string[]): Promise<Outcome> {
    return JSON.parse(
      await run(import.meta.dirname, process.execPath, join(import.meta.dirname, 'full-mnist/train.ts'), ...options),
    ) as Outcome;
  }
  const points = (definition: MetricDefinition) => measured.points.filter((point) => point.metric === definition.name);
  const told = (definition: MetricDefinition, key: string, value: string) =>
    points(definition).find((point) => (point.attributes as Record<string, unknown>)[key] === value)?.value;

  beforeAll(async () => {
    without = await train();
    measured = await train('--measured');
  }, 120_000);

  testOnTfjsNode('the same weights come out with the callback on, bit for bit, and the same history', () => {
    expect(measured.weights).toBe(without.weights);
    expect(measured.history).toEqual(without.history);
  });

  testOnTfjsNode('validation accuracy reaches 0.96, and is told as History has it, like loss and accuracy of both splits', () => {
    const last = (name: string) => measured.history[name]?.at(-1);
    expect(last('val_acc')).toBeGreaterThanOrEqual(0.96);
    const split = attributes.datasetSplit.key;
    expect(told(metric.trainingAccuracy, split, 'validation')).toBe(last('val_acc'));
    expect(told(metric.trainingAccuracy, split, 'train')).toBe(last('acc'));
    expect(told(metric.trainingLoss, split, 'validation')).toBe(last('val_loss'));
    expect(told(metric.trainingLoss, split, 'train')).toBe(last('loss'));
  });

  testOnTfjsNode('steps and samples are exact, and the activities add up to the time that fit took', () => {
    expect(points(metric.trainingSteps).map(({ value }) => value)).toEqual([STEPS]);
    expect(points(metric.trainingSamples).map(({ value }) => value)).toEqual([4 * 50_000]);
    const seconds = points(metric.trainingTime).reduce((sum, { value }) => sum + (value as number), 0);
    expect(Math.abs(seconds / measured.seconds - 1)).toBeLessThan(0.02);
  });
});
