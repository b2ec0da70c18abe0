import { casesOf, type ExpectedAlert, type RuleCase, series } from '../rule-case.ts';

const process = { job: 'train', instance: 'a:9464' };
const model = { ...process, ml_model_name: 'digits' };
const run = { ...model, ml_run_id: 'r1' };

/** A run that begins at 0 and takes a step each second until minute 10. */
const untilMinute10 = {
  [series('ml_training_run_active', model)]: '1+0x40',
  [series('ml_training_run_start_time_seconds', run)]: '0+0x40',
  [series('ml_training_last_step_time_seconds', run)]: '0+60x10 600+0x30',
  [series('ml_training_step_duration_seconds_sum', { ...model, ml_timing: 'complete' })]: '0+60x10 600+0x30',
  [series('ml_training_step_duration_seconds_count', { ...model, ml_timing: 'complete' })]: '0+60x10 600+0x30',
  [series('up', process)]: '1+0x40',
};
const stalled = (duration: string): ExpectedAlert => ({
  severity: 'warning',
  labels: run,
  description: `digits, run r1, on a:9464 (train) has finished no step for ${duration}, far longer than its steps take.`,
});

const stalledCases: readonly Omit<RuleCase, 'alert'>[] = [
  {
    kind: 'fires',
    story: 'steps of a second stop for more than five minutes',
    series: untilMinute10,
    at: '17m',
    alerts: [stalled('7m 0s')],
  },
  {
    kind: 'fires',
    story: 'the process hangs in a step, so that no scrape succeeds',
    series: {
      ...Object.fromEntries(
        Object.entries(untilMinute10).map(([name, values]) => [name, `${values.split(' ')[0]?.replace('x40', 'x10')} stale`]),
      ),
      [series('up', process)]: '1+0x10 0+0x30',
    },
    at: '17m',
    alerts: [stalled('7m 0s')],
  },
  {
    kind: 'fires',
    story: 'the first step never ends',
    series: {
      [series('ml_training_run_active', model)]: '1+0x40',
      [series('ml_training_run_start_time_seconds', run)]: '0+0x40',
      [series('ml_training_step_duration_seconds_sum', { ...model, ml_timing: 'complete' })]: '0+0x40',
      [series('ml_training_step_duration_seconds_count', { ...model, ml_timing: 'complete' })]: '0+0x40',
    },
    at: '8m',
    alerts: [stalled('8m 0s')],
  },
  {
    kind: 'fires',
    story: 'of two runs of a process the one that stands still is named',
    series: {
      ...untilMinute10,
      [series('ml_training_run_active', model)]: '2+0x40',
      [series('ml_training_run_start_time_seconds', { ...model, ml_run_id: 'r2' })]: '0+0x40',
      [series('ml_training_last_step_time_seconds', { ...model, ml_run_id: 'r2' })]: '0+60x40',
    },
    at: '17m',
    alerts: [stalled('7m 0s')],
  },
  {
    kind: 'fires',
    story: 'without run ids the second run stalls, though the first one left its end',
    series: {
      [series('ml_training_run_active', model)]: '1+0x40',
      [series('ml_training_run_start_time_seconds', model)]: '0+0x9 600+0x30',
      [series('ml_training_run_end_time_seconds', model)]: '_x5 300+0x34',
      [series('ml_training_last_step_time_seconds', model)]: '0+60x5 300+0x34',
    },
    at: '17m',
    alerts: [
      {
        severity: 'warning',
        labels: model,
        description: 'digits, on a:9464 (train) has finished no step for 7m 0s, far longer than its steps take.',
      },
    ],
  },
  {
    kind: 'quiet',
    story: 'a step has only just taken more than five minutes',
    series: untilMinute10,
    at: '16m',
    alerts: [],
  },
  {
    kind: 'quiet',
    story: 'steps take a minute, so seven of them are no news',
    series: {
      ...untilMinute10,
      [series('ml_training_step_duration_seconds_count', { ...model, ml_timing: 'complete' })]: '0+1x10 10+0x30',
    },
    at: '17m',
    alerts: [],
  },
  {
    kind: 'quiet',
    story: 'validations take four minutes',
    series: {
      ...untilMinute10,
      [series('ml_training_time_seconds_total', { ...model, ml_training_activity: 'validation' })]: '480+0x40',
      [series('ml_training_epoch_duration_seconds_count', model)]: '2+0x40',
    },
    at: '20m',
    alerts: [],
  },
  {
    kind: 'quiet',
    story: 'the run has ended, and its series are still there beside those of the next one',
    series: {
      ...untilMinute10,
      [series('ml_training_run_end_time_seconds', run)]: '_x10 600+0x30',
      [series('ml_training_run_start_time_seconds', { ...model, ml_run_id: 'r2' })]: '_x10 600+0x30',
      [series('ml_training_last_step_time_seconds', { ...model, ml_run_id: 'r2' })]: '_x10 600+60x30',
    },
    at: '20m',
    alerts: [],
  },
  {
    kind: 'quiet',
    story: 'the process has trained, has ended and is scraped no more',
    series: {
      [series('ml_training_run_active', model)]: '1+0x9 0 stale',
      [series('ml_training_run_start_time_seconds', run)]: '0+0x10 stale',
      [series('ml_training_last_step_time_seconds', run)]: '0+60x10 stale',
      [series('ml_training_run_end_time_seconds', run)]: '_x9 600 stale',
      [series('up', process)]: '1+0x10 0+0x30',
    },
    at: '20m',
    alerts: [],
  },
  {
    kind: 'missing',
    story: 'nothing is known of the durations of steps, and the least time is allowed',
    series: {
      [series('ml_training_run_active', model)]: '1+0x40',
      [series('ml_training_run_start_time_seconds', run)]: '0+0x40',
      [series('ml_training_last_step_time_seconds', run)]: '0+60x10 600+0x30',
    },
    at: '17m',
    alerts: [stalled('7m 0s')],
  },
  {
    kind: 'missing',
    story: 'the process never trained',
    series: { [series('up', process)]: '0+0x40' },
    at: '17m',
    alerts: [],
  },
];

const nonFinite = (metric: string) =>
  series('ml_training_non_finite_total', { ...model, ml_dataset_split: 'train', ml_metric_name: metric });
const nonFiniteCases: readonly Omit<RuleCase, 'alert'>[] = [
  {
    kind: 'fires',
    story: 'the loss is NaN three times',
    series: { [nonFinite('loss')]: '0 0 0 1 2 3+0x10', [nonFinite('accuracy')]: '0+0x20' },
    at: '6m',
    alerts: [
      {
        severity: 'warning',
        labels: model,
        description: 'Losses, metrics or weights of digits on a:9464 (train) that were NaN or infinite within five minutes: 3.',
      },
    ],
  },
  {
    kind: 'fires',
    story: 'the counter is above 0 when it is first seen',
    series: { [nonFinite('loss')]: '_x3 1+0x10' },
    at: '4m',
    alerts: [
      {
        severity: 'warning',
        labels: model,
        description: 'Losses, metrics or weights of digits on a:9464 (train) that were NaN or infinite within five minutes: 1.',
      },
    ],
  },
  { kind: 'quiet', story: 'the NaN is an hour old', series: { [nonFinite('loss')]: '0 0 4+0x70' }, at: '60m', alerts: [] },
  { kind: 'quiet', story: 'the process was started anew', series: { [nonFinite('loss')]: '4+0x10 0+0x10' }, at: '12m', alerts: [] },
  { kind: 'missing', story: 'nothing trains', series: { [series('up', process)]: '1+0x10' }, at: '6m', alerts: [] },
];

const runs = (result: string) => series('ml_training_runs_total', { ...model, ml_training_result: result });
const failed = (count: number): ExpectedAlert => ({
  severity: 'warning',
  labels: model,
  description: `Runs of digits on a:9464 (train) that an error ended within five minutes: ${count}.`,
});
const runFailedCases: readonly Omit<RuleCase, 'alert'>[] = [
  { kind: 'fires', story: 'a run throws', series: { [runs('failure')]: '0+0x4 1+0x10' }, at: '6m', alerts: [failed(1)] },
  {
    kind: 'fires',
    story: 'a run throws before the first scrape, after another process of the name had failed runs',
    series: { [runs('failure')]: '7+0x2 _x10 1+0x10' },
    at: '14m',
    alerts: [failed(1)],
  },
  {
    kind: 'quiet',
    story: 'runs succeed, stop early and are cancelled',
    series: { [runs('failure')]: '0+0x10', [runs('success')]: '0+1x10', [runs('early_stopped')]: '0+1x10', [runs('cancelled')]: '0+1x10' },
    at: '6m',
    alerts: [],
  },
  { kind: 'quiet', story: 'the process was started anew', series: { [runs('failure')]: '3+0x5 0+0x10' }, at: '7m', alerts: [] },
  { kind: 'missing', story: 'nothing trains', series: { [series('up', process)]: '1+0x10' }, at: '6m', alerts: [] },
];

export const trainingRunCases: readonly RuleCase[] = [
  ...casesOf('MLTrainingStalled', stalledCases),
  ...casesOf('MLTrainingNonFinite', nonFiniteCases),
  ...casesOf('MLTrainingRunFailed', runFailedCases),
];
