import { casesOf, type RuleCase, series } from '../rule-case.ts';

const process = { job: 'train', instance: 'a:9464' };
const model = { ...process, ml_model_name: 'digits' };

const spent = (activity: string) => series('ml_training_time_seconds_total', { ...model, ml_training_activity: activity });
const dataBoundCases: readonly Omit<RuleCase, 'alert'>[] = [
  {
    kind: 'fires',
    story: 'half of the time goes into waiting for batches',
    series: { [spent('data_wait')]: '0+30x40', [spent('compute')]: '0+30x40' },
    at: '25m',
    alerts: [
      { severity: 'warning', labels: model, description: 'digits on a:9464 (train) spends 50% of its time waiting for the next batch.' },
    ],
  },
  {
    kind: 'quiet',
    story: 'it is a quarter',
    series: { [spent('data_wait')]: '0+15x40', [spent('compute')]: '0+45x40' },
    at: '30m',
    alerts: [],
  },
  {
    kind: 'quiet',
    story: 'it is so for the first ten minutes, until the cache is warm',
    series: { [spent('data_wait')]: '0+40x10 401+1x30', [spent('compute')]: '0+20x10 259+59x30' },
    at: '11m',
    alerts: [],
  },
  {
    kind: 'quiet',
    story: 'no run has been going on since minute 20',
    series: { [spent('data_wait')]: '0+30x20 600+0x30', [spent('compute')]: '0+30x20 600+0x30' },
    at: '40m',
    alerts: [],
  },
  { kind: 'missing', story: 'a fit of tensors has no waiting', series: { [spent('compute')]: '0+60x40' }, at: '30m', alerts: [] },
];

const timed = { ...model, ml_timing: 'complete' };
const steps = (sum: string, count: string) => ({
  [series('ml_training_step_duration_seconds_sum', timed)]: sum,
  [series('ml_training_step_duration_seconds_count', timed)]: count,
});
const stepSlowCases: readonly Omit<RuleCase, 'alert'>[] = [
  {
    kind: 'fires',
    story: 'after two hours of steps of 0.1 s, one takes 0.4 s',
    series: steps('0+6x160', '0+60x120 7215+15x40'),
    at: '140m',
    alerts: [
      {
        severity: 'warning',
        labels: timed,
        description:
          'A step of digits on a:9464 (train, timing complete) takes 400ms on average, more than 2 times the mean of the last day.',
      },
    ],
  },
  {
    kind: 'quiet',
    story: 'steps have only just become slow',
    series: steps('0+6x160', '0+60x120 7215+15x40'),
    at: '133m',
    alerts: [],
  },
  {
    kind: 'quiet',
    story: 'all take 0.11 s, which lie in the bucket up to 0.25 s, whose 95th percentile is more than twice as much',
    series: {
      ...steps('0+6.6x160', '0+60x160'),
      ...Object.fromEntries(
        [
          ['0.1', '0+0x160'],
          ['0.25', '0+60x160'],
          ['+Inf', '0+60x160'],
        ].map(([le = '', values = '']) => [series('ml_training_step_duration_seconds_bucket', { ...timed, le }), values]),
      ),
    },
    at: '140m',
    alerts: [],
  },
  {
    kind: 'quiet',
    story: 'there are only 15 slow steps within a quarter of an hour',
    series: steps('0+6x160', '0+60x120 7201+1x40'),
    at: '140m',
    alerts: [],
  },
  {
    kind: 'quiet',
    story: 'the process was started anew, and is as fast as before',
    series: steps('0+6x120 0+6x40', '0+60x120 0+60x40'),
    at: '140m',
    alerts: [],
  },
  { kind: 'missing', story: 'nothing trains', series: { [series('up', process)]: '1+0x160' }, at: '140m', alerts: [] },
];

const tensors = series('tfjs_memory_tensors', { ...process, tfjs_backend: 'cpu' });
const tensorLeakCases: readonly Omit<RuleCase, 'alert'>[] = [
  {
    kind: 'fires',
    story: 'every five minutes there are 100 more',
    series: { [tensors]: '100+0x1 200+0x4 300+0x4 400+0x4 500+0x4 600+0x4' },
    at: '20m',
    alerts: [
      {
        severity: 'warning',
        labels: { ...process, tfjs_backend: 'cpu' },
        description: 'a:9464 (train) holds 400 tensors on the back end cpu, more from window to window: some are never disposed of.',
      },
    ],
  },
  {
    kind: 'quiet',
    story: 'they go up and down with each batch',
    series: { [tensors]: '100 900 100 900 100 900 100 900 100+0x30' },
    at: '20m',
    alerts: [],
  },
  {
    kind: 'quiet',
    story: 'they grew for two windows, and no more',
    series: { [tensors]: '100+0x4 200+0x4 300+0x30' },
    at: '17m',
    alerts: [],
  },
  { kind: 'quiet', story: 'a model was loaded, once', series: { [tensors]: '100+0x10 800+0x30' }, at: '20m', alerts: [] },
  { kind: 'quiet', story: 'there is one more from time to time', series: { [tensors]: '1000+1x40' }, at: '30m', alerts: [] },
  { kind: 'quiet', story: 'the process was started anew', series: { [tensors]: '5000+0x10 10 50 100+0x30' }, at: '22m', alerts: [] },
  { kind: 'missing', story: 'the process has no tfjs', series: { [series('up', process)]: '1+0x30' }, at: '20m', alerts: [] },
];

export const trainingSpeedCases: readonly RuleCase[] = [
  ...casesOf('MLTrainingDataBound', dataBoundCases),
  ...casesOf('MLTrainingStepSlow', stepSlowCases),
  ...casesOf('MLTensorLeak', tensorLeakCases),
];
