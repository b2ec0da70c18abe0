import { casesOf, type ExpectedAlert, type RuleCase, series } from '../rule-case.ts';

const process = { job: 'train', instance: 'a:9464' };
const model = { ...process, ml_model_name: 'digits' };
const active = series('ml_training_run_active', model);
const up = series('up', process);
const requests = (instance: string) =>
  series('ml_inference_active_requests', { job: 'serve', instance, ml_model_name: 'faces', ml_operation_name: 'detect' });

const missing = (labels: Readonly<Record<string, string>>, who: string): ExpectedAlert => ({
  severity: 'warning',
  labels,
  description: `${who} no longer reports, though it trained or served when it was last seen, within the last 24 hours.`,
});

const cases: readonly Omit<RuleCase, 'alert'>[] = [
  {
    kind: 'fires',
    story: 'a process that trains is gone, with its target',
    series: { [active]: '1+0x5 stale', [up]: '1+0x5 stale' },
    at: '12m',
    alerts: [missing(model, 'train on a:9464, model digits')],
  },
  {
    kind: 'fires',
    story: 'a process that trains has been started anew, and its run is lost',
    series: { [active]: '1+0x5 stale', [up]: '1+0x40', [series('modelmeter_series', process)]: '20+0x40' },
    at: '12m',
    alerts: [missing(model, 'train on a:9464, model digits')],
  },
  {
    kind: 'fires',
    story: 'a page that pushes its metrics stopped doing so in the middle of a run',
    series: { [active]: '1+0x5' },
    at: '20m',
    alerts: [missing(model, 'train on a:9464, model digits')],
  },
  {
    kind: 'fires',
    story: 'no process of a job that served is there any more',
    series: { [requests('b:9464')]: '0+0x5 stale', [requests('c:9464')]: '1+0x7 stale' },
    at: '20m',
    alerts: [missing({ job: 'serve' }, 'serve')],
  },
  {
    kind: 'quiet',
    story: 'the process is started anew, and trains again',
    series: { [active]: '1+0x5 stale _x3 1+0x40', [up]: '1+0x40' },
    at: '9m',
    alerts: [],
  },
  {
    kind: 'quiet',
    story: 'at a release one process replaces another',
    series: { [requests('b:9464')]: '0+0x5 stale', [requests('c:9464')]: '_x4 0+0x40' },
    at: '20m',
    alerts: [],
  },
  {
    kind: 'quiet',
    story: 'the run had ended when the process did',
    series: { [active]: '1+0x4 0 stale', [up]: '1+0x5 stale' },
    at: '20m',
    alerts: [],
  },
  {
    kind: 'quiet',
    story: 'scrapes fail, of which other alerts tell',
    series: {
      [active]: '1+0x5 stale',
      [up]: '1+0x5 0+0x40',
      [requests('b:9464')]: '0+0x5 stale',
      [series('up', { job: 'serve', instance: 'b:9464' })]: '1+0x5 0+0x40',
    },
    at: '20m',
    alerts: [],
  },
  {
    kind: 'quiet',
    story: 'the run goes on',
    series: { [active]: '1+0x40', [up]: '1+0x40', [requests('b:9464')]: '1+0x40' },
    at: '20m',
    alerts: [],
  },
  {
    kind: 'missing',
    story: 'there never was anything',
    series: { [series('up', { job: 'node', instance: 'n:9100' })]: '1+0x40' },
    at: '20m',
    alerts: [],
  },
];

export const telemetryCases: readonly RuleCase[] = casesOf('MLTelemetryMissing', cases);
