import { casesOf, type RuleCase, series } from '../rule-case.ts';

const server = { job: 'serve', instance: 'b:9464' };
const operation = { ...server, ml_model_name: 'faces', ml_operation_name: 'detect' };
const successes = series('ml_inference_duration_seconds_count', { ...operation, ml_model_version: '3', ml_timing: 'complete' });
const errors = series('ml_inference_errors_total', { ...operation, ml_model_version: '3', error_type: 'timeout' });
const active = series('ml_inference_active_requests', operation);
const up = series('up', server);

const stalledCases: readonly Omit<RuleCase, 'alert'>[] = [
  {
    kind: 'fires',
    story: 'two requests have been in flight since minute 5, and nothing has been answered since',
    series: { [active]: '1+0x4 2+0x20', [successes]: '0+10x5 50+0x20', [errors]: '0+0x25' },
    at: '12m',
    alerts: [
      {
        severity: 'critical',
        labels: operation,
        description: 'Requests of faces, operation detect, in flight on b:9464 (serve): 2. None has been answered for 5 minutes.',
      },
    ],
  },
  {
    kind: 'fires',
    story: 'one operation stalls while another one of the model goes on',
    series: {
      [active]: '1+0x25',
      [successes]: '0+0x25',
      [errors]: '0+0x25',
      [series('ml_inference_active_requests', { ...operation, ml_operation_name: 'embed' })]: '1+0x25',
      [series('ml_inference_duration_seconds_count', { ...operation, ml_operation_name: 'embed' })]: '0+10x25',
      [series('ml_inference_errors_total', { ...operation, ml_operation_name: 'embed', error_type: 'timeout' })]: '0+0x25',
    },
    at: '12m',
    alerts: [
      {
        severity: 'critical',
        labels: operation,
        description: 'Requests of faces, operation detect, in flight on b:9464 (serve): 1. None has been answered for 5 minutes.',
      },
    ],
  },
  {
    kind: 'quiet',
    story: 'the last answer is just five minutes old',
    series: { [active]: '1+0x4 2+0x20', [successes]: '0+10x5 50+0x20', [errors]: '0+0x25' },
    // Between two samples: from Prometheus 3 on a window leaves out the one at its beginning.
    evaluatedEvery: '30s',
    at: '9m30s',
    alerts: [],
  },
  {
    kind: 'quiet',
    story: 'nobody asks',
    series: { [active]: '0+0x30', [successes]: '50+0x30', [errors]: '0+0x30' },
    at: '20m',
    alerts: [],
  },
  {
    kind: 'quiet',
    story: 'after an idle hour a request has been in flight for two minutes',
    series: { [active]: '0+0x60 1+0x5', [successes]: '50+0x66', [errors]: '0+0x66' },
    at: '63m',
    alerts: [],
  },
  {
    kind: 'quiet',
    story: 'requests are always in flight, and fail',
    series: { [active]: '3+0x30', [successes]: '0+0x30', [errors]: '0+5x30' },
    at: '20m',
    alerts: [],
  },
  {
    kind: 'quiet',
    story: 'a process that has just started takes three minutes for its first request',
    series: { [active]: '1+0x3 0', [successes]: '0+0x3 1', [errors]: '0+0x4' },
    at: '3m',
    alerts: [],
  },
  { kind: 'missing', story: 'only the requests in flight are known', series: { [active]: '2+0x30' }, at: '20m', alerts: [] },
];

const downCases: readonly Omit<RuleCase, 'alert'>[] = [
  {
    kind: 'fires',
    story: 'a server does not answer its scrapes',
    series: { [up]: '1+0x5 0+0x30', [active]: '0+0x5 stale' },
    at: '10m',
    alerts: [
      {
        severity: 'critical',
        labels: server,
        description:
          'b:9464 (serve) served a model within the last 24 hours, and Prometheus can no longer scrape it: it has ended, hangs, or cannot be reached.',
      },
    ],
  },
  {
    kind: 'fires',
    story: 'one of two servers is down, for hours',
    series: {
      [up]: '1+0x5 0+0x300',
      [active]: '0+0x5 stale',
      [series('up', { ...server, instance: 'c:9464' })]: '1+0x300',
      [series('ml_inference_active_requests', { ...operation, instance: 'c:9464' })]: '1+0x300',
    },
    at: '300m',
    alerts: [
      {
        severity: 'critical',
        labels: server,
        description:
          'b:9464 (serve) served a model within the last 24 hours, and Prometheus can no longer scrape it: it has ended, hangs, or cannot be reached.',
      },
    ],
  },
  { kind: 'quiet', story: 'one scrape fails', series: { [up]: '1+0x5 0 1+0x30', [active]: '0+0x5 stale 0+0x30' }, at: '6m', alerts: [] },
  {
    kind: 'quiet',
    story: 'what is down only trained',
    series: { [up]: '1+0x5 0+0x30', [series('ml_training_run_active', { ...server, ml_model_name: 'faces' })]: '0+0x5 stale' },
    at: '10m',
    alerts: [],
  },
  { kind: 'missing', story: 'the metrics are pushed, so nobody knows', series: { [active]: '0+0x5 stale' }, at: '10m', alerts: [] },
];

const delay = series('nodejs_eventloop_delay_p99_seconds', server);
const eventLoopCases: readonly Omit<RuleCase, 'alert'>[] = [
  {
    kind: 'fires',
    story: 'the event loop is 0.75 s late',
    series: { [delay]: '0.75+0x20' },
    at: '6m',
    alerts: [
      {
        severity: 'warning',
        labels: server,
        description: 'One turn in a hundred of the event loop of b:9464 (serve) comes 750ms late or later: every request waits as long.',
      },
    ],
  },
  { kind: 'quiet', story: 'it is 0.4 s', series: { [delay]: '0.4+0x20' }, at: '10m', alerts: [] },
  { kind: 'quiet', story: 'it was so for three minutes', series: { [delay]: '0.01+0x3 2+0x2 0.01+0x20' }, at: '6m', alerts: [] },
  {
    kind: 'quiet',
    story: 'the process trains, of three models it knows',
    series: {
      [delay]: '3+0x20',
      [series('ml_training_run_active', { ...server, ml_model_name: 'faces' })]: '0+0x20',
      [series('ml_training_run_active', { ...server, ml_model_name: 'digits' })]: '1+0x20',
    },
    at: '10m',
    alerts: [],
  },
  {
    kind: 'missing',
    story: 'the delay is not measured',
    series: { [series('nodejs_eventloop_utilization_ratio', server)]: '1+0x20' },
    at: '10m',
    alerts: [],
  },
];

export const inferenceCases: readonly RuleCase[] = [
  ...casesOf('MLInferenceStalled', stalledCases),
  ...casesOf('MLInferenceDown', downCases),
  ...casesOf('MLEventLoopBlocked', eventLoopCases),
];
