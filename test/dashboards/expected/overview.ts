import { each, notCompared, one } from '../expected-values.ts';
import type { Expectations } from '../compare-values.ts';
import { activeRuns } from './runs.ts';
import { inProgress, SINCE_LAST_STEP_SECONDS, timeLeft } from './training.ts';
import { ERROR_SHARE, errorShareOf, MODEL_VERSIONS, MODELS, requestRate, VERSION } from './requests.ts';

const place = (panel: string, refId = 'A') => `modelmeter-overview / ${panel} / ${refId}`;

export const overview: Expectations = {
  [place('Processes (stat)')]: one(() => 1),
  [place('Runs in progress (stat)')]: one(({ later }) => activeRuns(later).length),
  [place('Requests per second (stat)')]: one((known) => requestRate(known)),
  [place('Errors (stat)')]: one(() => ERROR_SHARE),
  [place('Slowest p99 (stat)')]: one(() => [0.001, 2.5]),
  [place('Failing collectors (stat)')]: one(() => 1),
  ...Object.fromEntries(inProgress.map(([refId, key]) => [place('Runs in progress (table)', refId), key])),
  [place('Runs in progress (table)', 'C')]: timeLeft,
  [place('Runs in progress (table)', 'F')]: each(['ml_run_id'], () => ({ recommender: SINCE_LAST_STEP_SECONDS })),
  [place('Models in service (table)', 'A')]: each(VERSION, (known) =>
    Object.fromEntries(MODEL_VERSIONS.map((key) => [key, requestRate(known, key)])),
  ),
  [place('Models in service (table)', 'B')]: each(VERSION, () => Object.fromEntries(MODEL_VERSIONS.map((key) => [key, errorShareOf(key)]))),
  [place('Models in service (table)', 'C')]: each(VERSION, () => Object.fromEntries(MODEL_VERSIONS.map((key) => [key, [0.0005, 1]]))),
  [place('Models in service (table)', 'D')]: each(VERSION, () => Object.fromEntries(MODEL_VERSIONS.map((key) => [key, [0.001, 2.5]]))),
  [place('Models in service (table)', 'E')]: each(['ml_model_name'], () => Object.fromEntries(MODELS.map((key) => [key, [0, 10]]))),
  [place('Alerts that fire (table)')]: notCompared(
    'which alerts have come and gone by now is a matter of seconds; the mails and messages are looked at',
  ),
};
