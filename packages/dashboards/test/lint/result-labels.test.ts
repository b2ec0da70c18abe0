import { allDefinitions } from '@modelmeter/core';
import { expect, test } from 'vitest';
import { catalogueOf } from './catalogue.ts';
import { parse } from './promql.ts';
import { resultLabels } from './result-labels.ts';

const catalogue = catalogueOf(Object.values(allDefinitions).flat());

/** The labels of the result, and those that were named where they cannot be. */
function analyse(text: string) {
  const reported: string[] = [];
  const query = parse(text);
  expect(query.error).toBeUndefined();
  const labels = resultLabels(query, catalogue, (label) => reported.push(label));
  return { labels: labels && [...labels].sort(), reported };
}

const run = ['instance', 'job', 'ml_model_name', 'ml_run_id'];
const buckets = 'rate(ml_training_step_duration_seconds_bucket[5m])';

test.each([
  ['a metric has its own', 'ml_training_epoch', run],
  ['a range and an offset change nothing', 'max_over_time(ml_training_epoch[5m] offset 1h)', run],
  ['a subquery changes nothing', 'max_over_time((ml_training_epoch)[$__range:$__interval])', run],
  ['the sign changes nothing', '-ml_training_epoch', run],
  ['an aggregation keeps none', 'sum(ml_training_epoch)', []],
  ['an aggregation keeps those that it names', 'sum by (job) (ml_training_epoch)', ['job']],
  ['an aggregation drops those that it names', 'sum without (job) (ml_training_epoch)', run.slice(0, 1).concat(run.slice(2))],
  ['the largest keep theirs', 'topk($k, ml_training_epoch)', run],
  ['a quantile uses le up', `histogram_quantile(0.9, sum by (le, job) (${buckets}))`, ['job']],
  ['a number adds none', '(time() - ml_training_epoch) * 1000', run],
  ['a scalar adds none', 'ml_training_epoch / scalar(sum(ml_training_epoch))', run],
  ['a match on labels keeps these', 'ml_training_epoch / on (job) group_left () sum by (job) (ml_training_epoch)', run],
  [
    'a match on labels, one to one, keeps these alone',
    'sum by (job) (ml_training_epoch) / on (job) sum by (job) (ml_training_epoch)',
    ['job'],
  ],
  [
    'a match that ignores some drops them',
    'sum by (job, instance) (ml_training_epoch) / ignoring (job) sum by (instance) (ml_training_epoch)',
    ['instance'],
  ],
  [
    'the one side may give some',
    'ml_training_epoch * on (ml_run_id) group_left (tfjs_backend) ml_training_run_info',
    [...run, 'tfjs_backend'],
  ],
  ['or has those of both', 'sum by (job) (ml_training_epoch) or sum by (instance) (ml_training_epoch)', ['instance', 'job']],
  ['unless has those of the left', 'sum by (job) (ml_training_epoch) unless on (job) ml_training_epoch', ['job']],
  ['a label may be made', 'label_replace(sum(ml_training_epoch), "made", "$1", "job", "(.*)")', ['made']],
  ['values may become one', 'count_values by (job) ("epoch", ml_training_epoch)', ['epoch', 'job']],
  ['nobody knows those of an unknown metric', 'foreign', undefined],
])('%s: %s', (_, text, expected) => {
  expect(analyse(text)).toEqual({ labels: expected, reported: [] });
});

test.each([
  ['ml_training_epoch{split="a"}', ['split']],
  ['sum by (split) (ml_training_epoch)', ['split']],
  ['sum by (ml_run_id) (sum by (job) (ml_training_epoch))', ['ml_run_id']],
  ['histogram_quantile(0.9, sum(ml_training_epoch))', ['le']],
  ['ml_training_epoch + on (split) ml_training_epoch', ['split']],
  ['ml_training_epoch * on (job) group_left (split) ml_training_run_info', ['split']],
  ['ml_training_epoch / ml_training_loss', ['ml_dataset_split', 'ml_output_name']],
  ['sum by (job) (ml_training_epoch) > sum(ml_training_epoch)', ['job']],
  ['sum by (job) (ml_training_epoch) unless sum by (instance) (ml_training_epoch)', ['job', 'instance']],
])('%s names labels where they cannot be', (text, expected) => {
  expect(analyse(text).reported).toEqual(expected);
});
