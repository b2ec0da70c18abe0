import { expect, test } from 'vitest';
import { keyOf, readMetricLabels } from '../../src/run/metric-label.ts';

const read = (keys: string[], outputs?: string[]) => Object.fromEntries(readMetricLabels(keys, outputs));

test('acc is accuracy, in both splits', () => {
  expect(read(['loss', 'acc', 'val_loss', 'val_acc'])).toEqual({
    loss: { split: 'train', kind: 'loss', name: 'loss' },
    acc: { split: 'train', kind: 'accuracy', name: 'accuracy' },
    val_loss: { split: 'validation', kind: 'loss', name: 'loss' },
    val_acc: { split: 'validation', kind: 'accuracy', name: 'accuracy' },
  });
});

test('of several accuracies of one output the first is the accuracy, and none is lost', () => {
  expect(read(['categoricalAccuracy', 'acc_0', 'binaryAccuracy'])).toEqual({
    categoricalAccuracy: { split: 'train', kind: 'accuracy', name: 'accuracy' },
    acc_0: { split: 'train', kind: 'metric', name: 'accuracy_0' },
    binaryAccuracy: { split: 'train', kind: 'metric', name: 'binaryAccuracy' },
  });
});

test('a metric without a name gets one', () => {
  expect(read(['loss', '', 'val_loss', 'val_'])).toMatchObject({
    '': { name: 'custom_1' },
    val_: { split: 'validation', name: 'custom_1' },
  });
});

test('labels of a model with several outputs are split, also where one name begins another', () => {
  expect(read(['loss', 'out_loss', 'out_b_loss', 'out_b_acc'], ['out', 'out_b'])).toEqual({
    loss: { split: 'train', kind: 'loss', name: 'loss' },
    out_loss: { split: 'train', kind: 'loss', name: 'loss', output: 'out' },
    out_b_loss: { split: 'train', kind: 'loss', name: 'loss', output: 'out_b' },
    out_b_acc: { split: 'train', kind: 'accuracy', name: 'accuracy', output: 'out_b' },
  });
});

test('with one output, a metric that is named like it keeps its name', () => {
  expect(read(['dense_mse'], ['dense'])).toEqual({ dense_mse: { split: 'train', kind: 'metric', name: 'dense_mse' } });
});

test('a key is found by itself, by its canonical name, and by tfjs’s name for that', () => {
  const labels = readMetricLabels(['loss', 'a_loss', 'b_loss', 'a_acc', 'b_binaryAccuracy', 'val_loss', 'val_a_acc'], ['a', 'b']);
  const keys = ['loss', 'a_acc', 'a_accuracy', 'val_a_accuracy', 'b_acc', 'b_accuracy', 'b_binaryAccuracy'].map((name) =>
    keyOf(name, labels),
  );
  expect(keys).toEqual(['loss', 'a_acc', 'a_acc', 'val_a_acc', 'b_binaryAccuracy', 'b_binaryAccuracy', 'b_binaryAccuracy']);
  for (const name of ['acc', 'accuracy', 'val_b_loss', 'accuracies']) expect(keyOf(name, labels)).toBeUndefined();
  expect(keyOf('val_custom_0', readMetricLabels(['', 'val_']))).toBe('val_');
});
