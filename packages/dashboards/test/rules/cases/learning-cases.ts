import { casesOf, type RuleCase, series } from '../rule-case.ts';

const model = { job: 'train', instance: 'a:9464', ml_model_name: 'digits' };
const run = { ...model, ml_run_id: 'r1' };

const without = series('ml_training_epochs_without_improvement', run);
const plateauCases: readonly Omit<RuleCase, 'alert'>[] = [
  {
    kind: 'fires',
    story: 'ten epochs brought nothing',
    series: { [without]: '0+1x20', [series('ml_training_run_start_time_seconds', run)]: '0+0x20' },
    at: '10m',
    alerts: [{ severity: 'info', labels: run, description: 'digits, run r1, on a:9464 (train) has not improved for 10 epochs.' }],
  },
  { kind: 'quiet', story: 'nine epochs brought nothing', series: { [without]: '0+1x9' }, at: '9m', alerts: [] },
  {
    kind: 'quiet',
    story: 'the run has ended with it',
    series: {
      [without]: '0+1x12 12+0x10',
      [series('ml_training_run_start_time_seconds', run)]: '0+0x20',
      [series('ml_training_run_end_time_seconds', run)]: '_x12 720+0x10',
    },
    at: '14m',
    alerts: [],
  },
  {
    kind: 'missing',
    story: 'the probe is not used',
    series: { [series('ml_training_epoch', run)]: '0+1x40', [series('ml_training_loss', { ...run, ml_dataset_split: 'train' })]: '1+0x40' },
    at: '40m',
    alerts: [],
  },
];

const loss = (split: string, labels: Readonly<Record<string, string>> = run) =>
  series('ml_training_loss', { ...labels, ml_dataset_split: split });
const divergingCases: readonly Omit<RuleCase, 'alert'>[] = [
  {
    kind: 'fires',
    story: 'the validation loss rises by half from minute 10 on, while the training loss falls',
    series: { [loss('validation')]: '1-0.05x10 0.5+0.01x40', [loss('train')]: '1-0.015x50' },
    at: '36m',
    alerts: [
      {
        severity: 'warning',
        labels: { ...run, ml_dataset_split: 'validation' },
        description:
          'The validation loss of digits, run r1, on a:9464 (train) is 50% above the least that it was, while the training loss is below its mean: the model learns the training data by heart.',
      },
    ],
  },
  {
    kind: 'fires',
    story: 'losses are negative, as log-likelihoods are',
    series: { [loss('validation')]: '-1-0.1x10 -2+0.02x40', [loss('train')]: '-1-0.05x50' },
    at: '46m',
    alerts: [
      {
        severity: 'warning',
        labels: { ...run, ml_dataset_split: 'validation' },
        description:
          'The validation loss of digits, run r1, on a:9464 (train) is 35% above the least that it was, while the training loss is below its mean: the model learns the training data by heart.',
      },
    ],
  },
  {
    kind: 'quiet',
    story: 'the validation loss is high for a few epochs',
    series: { [loss('validation')]: '1-0.05x10 0.5+0x9 0.7+0x5 0.5+0x30', [loss('train')]: '1-0.015x50' },
    at: '25m',
    alerts: [],
  },
  {
    kind: 'quiet',
    story: 'the validation loss is 18 % above its minimum',
    series: { [loss('validation')]: '1-0.05x10 0.5+0.003x40', [loss('train')]: '1-0.015x50' },
    at: '40m',
    alerts: [],
  },
  {
    kind: 'quiet',
    story: 'a negative validation loss is at its minimum',
    series: { [loss('validation')]: '-1-0.01x50', [loss('train')]: '-1-0.01x50' },
    at: '40m',
    alerts: [],
  },
  {
    kind: 'quiet',
    story: 'both losses rise: that is no learning by heart',
    series: { [loss('validation')]: '0.5+0.02x50', [loss('train')]: '0.5+0.02x50' },
    at: '40m',
    alerts: [],
  },
  {
    kind: 'quiet',
    story: 'the run has ended with it',
    series: {
      [loss('validation')]: '1-0.05x10 0.5+0.01x40',
      [loss('train')]: '1-0.015x50',
      [series('ml_training_run_start_time_seconds', run)]: '0+0x50',
      [series('ml_training_run_end_time_seconds', run)]: '_x30 1800+0x20',
    },
    at: '36m',
    alerts: [],
  },
  {
    kind: 'missing',
    story: 'runs without ids share their series, so nobody knows whose minimum it is',
    series: { [loss('validation', model)]: '0.1+0x10 0.9-0.01x40', [loss('train', model)]: '0.9-0.01x50' },
    at: '36m',
    alerts: [],
  },
  { kind: 'missing', story: 'there is no validation', series: { [loss('train')]: '1-0.015x50' }, at: '36m', alerts: [] },
];

export const learningCases: readonly RuleCase[] = [
  ...casesOf('MLTrainingPlateau', plateauCases),
  ...casesOf('MLTrainingDiverging', divergingCases),
];
