import { casesOf, type ExpectedAlert, type RuleCase, series } from '../rule-case.ts';

const model = { job: 'serve', ml_model_name: 'faces' };
const instance = { ...model, instance: 'b:9464' };
const successes = (labels: Readonly<Record<string, string>> = {}) =>
  series('ml_inference_duration_seconds_count', { ...instance, ml_operation_name: 'detect', ml_timing: 'complete', ...labels });
const errors = (type: string, labels: Readonly<Record<string, string>> = {}) =>
  series('ml_inference_errors_total', { ...instance, ml_operation_name: 'detect', error_type: type, ...labels });
const misses = series('ml_inference_objective_misses_total', instance);
const target = series('ml_inference_objective_target_ratio', instance);

const tooManyErrors = (severity: ExpectedAlert['severity'], factor: string): ExpectedAlert => ({
  severity,
  labels: model,
  description: `Requests of faces (serve) use up their error budget ${factor} times as fast as allowed.`,
});
const tooSlow = (severity: ExpectedAlert['severity'], factor: string): ExpectedAlert => ({
  severity,
  labels: model,
  description: `Requests of faces (serve) that miss their objective use up its budget ${factor} times as fast as allowed.`,
});

/** Of days; windows of minutes have no two samples then. */
const SLOWLY = { interval: '30m', evaluatedEvery: '15m' } as const;

const errorCases: readonly Omit<RuleCase, 'alert'>[] = [
  {
    kind: 'fires',
    story: 'one request in five fails, twenty times as many as may where no objective is stated',
    series: { [successes()]: '0+80x20', [errors('timeout')]: '0+20x20', [errors('cancelled')]: '0+0x20' },
    at: '10m',
    alerts: [tooManyErrors('critical', '20.0')],
  },
  {
    kind: 'fires',
    story: 'one of two instances and versions fails all of its requests, and was started anew meanwhile',
    series: {
      [successes({ ml_model_version: '3' })]: '0+80x20',
      [errors('timeout', { ml_model_version: '3' })]: '0+0x20',
      [successes({ instance: 'c:9464', ml_model_version: '4' })]: '0+0x20',
      [errors('backend', { instance: 'c:9464', ml_model_version: '4' })]: '0+20x7 20+20x12',
    },
    at: '11m',
    alerts: [tooManyErrors('critical', '20.0')],
  },
  {
    kind: 'fires',
    story: 'of a model whose target is 0.999 two requests in a hundred fail',
    series: { [successes()]: '0+98x20', [errors('_OTHER')]: '0+2x20', [misses]: '0+2x20', [target]: '0.999+0x20' },
    at: '10m',
    alerts: [tooManyErrors('critical', '20.0')],
  },
  {
    kind: 'fires',
    story: 'one request in ten fails for hours, of which six hours and half an hour tell',
    series: { [successes()]: '0+90x180', [errors('timeout')]: '0+10x180' },
    at: '14m',
    alerts: [tooManyErrors('critical', '10.0')],
  },
  {
    kind: 'fires',
    story: 'four requests in a hundred fail for a day: a ticket',
    series: { [successes()]: '0+960x24', [errors('timeout')]: '0+40x24' },
    at: '6h',
    ...SLOWLY,
    alerts: [tooManyErrors('warning', '4.0')],
  },
  {
    kind: 'fires',
    story: 'two requests in a hundred fail for days: a ticket',
    series: { [successes()]: '0+980x100', [errors('timeout')]: '0+20x100' },
    at: '48h',
    ...SLOWLY,
    alerts: [tooManyErrors('warning', '2.0')],
  },
  {
    kind: 'quiet',
    story: 'half a percent fails, for days',
    series: { [successes()]: '0+995x100', [errors('timeout')]: '0+5x100' },
    at: '48h',
    ...SLOWLY,
    alerts: [],
  },
  {
    kind: 'quiet',
    story: 'clients leave or send nonsense',
    series: { [successes()]: '0+50x20', [errors('cancelled')]: '0+30x20', [errors('invalid_input')]: '0+20x20' },
    at: '15m',
    alerts: [],
  },
  {
    kind: 'quiet',
    story: 'there are too few requests to tell',
    series: { [successes()]: '0+3x20', [errors('timeout')]: '0+1x20' },
    at: '15m',
    alerts: [],
  },
  {
    kind: 'quiet',
    story: 'the errors ended half an hour ago: nobody is called, and the ticket stays',
    series: { [successes()]: '0+50x6 400+100x60', [errors('timeout')]: '0+50x6 300+0x60' },
    at: '45m',
    alerts: [tooManyErrors('warning', '6.7')],
  },
  {
    kind: 'quiet',
    story: 'the target is 0.9, and one request in twenty fails',
    series: { [successes()]: '0+95x20', [errors('timeout')]: '0+5x20', [misses]: '0+5x20', [target]: '0.9+0x20' },
    at: '15m',
    alerts: [],
  },
  {
    kind: 'quiet',
    story: 'requests are rejected, which the owner of the objective does not count',
    series: { [successes()]: '0+50x20', [errors('rejected')]: '0+50x20', [misses]: '0+0x20', [target]: '0.99+0x20' },
    at: '15m',
    alerts: [],
  },
  {
    kind: 'quiet',
    story: 'there is no traffic',
    series: { [successes()]: '500+0x90', [errors('timeout')]: '100+0x90' },
    at: '80m',
    alerts: [],
  },
  {
    kind: 'quiet',
    story: 'the first failure of a model of which one request was made',
    series: { [successes()]: '0+0x20', [errors('timeout')]: '0+0x10 1+0x10' },
    at: '15m',
    alerts: [],
  },
  {
    kind: 'missing',
    story: 'all processes that tell the target are down, and the counters of the last hour still count',
    series: {
      [successes()]: '0+50x12 stale',
      [errors('timeout')]: '0+50x12 stale',
      [misses]: '0+50x12 stale',
      [target]: '0.99+0x12 stale',
    },
    at: '14m',
    alerts: [tooManyErrors('critical', '50.0')],
  },
  { kind: 'missing', story: 'nothing serves', series: { [series('up', { job: 'serve' })]: '1+0x20' }, at: '15m', alerts: [] },
];

const latencyCases: readonly Omit<RuleCase, 'alert'>[] = [
  {
    kind: 'fires',
    story: 'one request in five is slow, twenty times as many as may be',
    series: { [successes()]: '0+100x20', [errors('timeout')]: '0+0x20', [misses]: '0+20x20', [target]: '0.99+0x20' },
    at: '10m',
    alerts: [tooSlow('critical', '20.0')],
  },
  {
    kind: 'fires',
    story: 'four in a hundred are slow for a day: a ticket',
    series: { [successes()]: '0+1000x24', [errors('timeout')]: '0+0x24', [misses]: '0+40x24', [target]: '0.99+0x24' },
    at: '6h',
    ...SLOWLY,
    // Samples are too far apart for the present value of a gauge, but not for its last one.
    alerts: [tooSlow('warning', '4.0')],
  },
  {
    kind: 'quiet',
    story: 'all that misses the objective are errors, of which the other alert tells',
    series: { [successes()]: '0+80x20', [errors('timeout')]: '0+20x20', [misses]: '0+20x20', [target]: '0.99+0x20' },
    at: '10m',
    alerts: [],
  },
  {
    kind: 'quiet',
    story: 'one request in two hundred is slow',
    series: { [successes()]: '0+200x20', [errors('timeout')]: '0+0x20', [misses]: '0+1x20', [target]: '0.99+0x20' },
    at: '15m',
    alerts: [],
  },
  {
    kind: 'quiet',
    story: 'there are too few requests to tell',
    series: { [successes()]: '0+3x20', [errors('timeout')]: '0+0x20', [misses]: '0+3x20', [target]: '0.99+0x20' },
    at: '15m',
    alerts: [],
  },
  {
    kind: 'missing',
    story: 'no objective is stated',
    series: { [successes()]: '0+100x20', [errors('timeout')]: '0+0x20' },
    at: '15m',
    alerts: [],
  },
  {
    kind: 'missing',
    story: 'another model has the objective',
    series: {
      [successes()]: '0+100x20',
      [errors('timeout')]: '0+0x20',
      [series('ml_inference_objective_target_ratio', { ...instance, ml_model_name: 'digits' })]: '0.99+0x20',
    },
    at: '15m',
    alerts: [],
  },
];

export const budgetCases: readonly RuleCase[] = [
  ...casesOf('MLInferenceErrorBudgetBurn', errorCases),
  ...casesOf('MLInferenceLatencyBudgetBurn', latencyCases),
];
