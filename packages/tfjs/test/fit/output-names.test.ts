import { expect, test } from 'vitest';
import { outputNames } from '../../src/fit/output-names.ts';

test('the outputs are those of the model', () => {
  expect(outputNames({ outputNames: ['a'] }, ['loss', 'b_loss', 'c_loss'])).toEqual(['a']);
});

test.each([
  [
    ['loss', 'a_loss', 'b_loss', 'a_mse', 'val_loss', 'val_a_loss', 'val_b_loss', 'val_a_mse'],
    ['a', 'b'],
  ],
  [
    ['loss', 'a_loss', 'b_loss', 'c_loss'],
    ['a', 'b', 'c'],
  ],
  [['loss', 'acc', 'val_loss', 'val_acc'], []],
  [['loss', 'val_loss'], []],
  [['loss'], []],
  [[], []],
  // One metric of a user’s own that is called so.
  [['loss', 'my_loss', 'val_loss', 'val_my_loss'], []],
])('without the model, the labels %j tell the outputs %j', (labels, outputs) => {
  expect(outputNames(undefined, labels)).toEqual(outputs);
});
