import type { Expectations } from '../compare-values.ts';
import { each, type Expected, growing, type Known, one } from '../expected-values.ts';
import { type Facts, OBJECTIVE, VERSIONS } from '../program/facts.ts';
import { ASKED, SERVED } from '../program/storytelling.ts';
import { ERROR_SHARE, MODELS, requestRate, requestsOf, VERSION } from './requests.ts';

const place = (panel: string, refId = 'A') => `modelmeter-inference / ${panel} / ${refId}`;

/** What has an objective. */
const WITH_OBJECTIVE = ['sentiment', 'digits'] as const;
const CLASSIFIERS = [...VERSIONS.sentiment.map((version) => `sentiment/${version}`), `digits/${VERSIONS.digits[0]}`];
/** One of them fails. */
const LOADS = [...CLASSIFIERS.map((key) => `${key}/`), 'sentiment/0/_OTHER'];
const QUEUE_SECONDS = 0.03;
/** What the first sample of a series, and the last seconds, make of a share. */
const SHARE_MARGIN = 0.08;

const ofObjectives = (expected: (model: string, known: Known) => Expected) =>
  each(['ml_model_name'], (known) => Object.fromEntries(WITH_OBJECTIVE.map((model) => [model, expected(model, known)])));

/** Share of requests that missed the objective, at least and at most. */
function missed(model: string, { later }: Known): readonly [number, number] {
  const misses = later.objectiveMisses.find((one) => one.model === model)?.count ?? 0;
  const share = misses / requestsOfModel(later, model);
  return [share - SHARE_MARGIN, share + SHARE_MARGIN];
}

function requestsOfModel(facts: Facts, model: string): number {
  return facts.requests.filter((one) => one.model === model).reduce((sum, { count }) => sum + count, 0);
}

const kept = (model: string, known: Known): readonly [number, number] => {
  const [least, most] = missed(model, known);
  return [1 - most, 1 - least];
};
const burnt = (model: string, known: Known): readonly [number, number] => {
  const [least, most] = missed(model, known);
  return [least / (1 - OBJECTIVE.target), most / (1 - OBJECTIVE.target)];
};
const left = (model: string, known: Known): readonly [number, number] => {
  const [least, most] = burnt(model, known);
  return [1 - most, 1 - least];
};
/** Of the model that has the least. */
const leastOf = (of: (model: string, known: Known) => readonly [number, number], known: Known): Expected => {
  const [sentiment, digits] = WITH_OBJECTIVE.map((model) => of(model, known)) as [readonly [number, number], readonly [number, number]];
  return [Math.min(sentiment[0], digits[0]), Math.max(sentiment[1], digits[1])];
};

/** Seconds in stages, of which only the queue and the words of the story are known. */
function stageSeconds({ earlier, later }: Known): Record<string, Expected> {
  const queued = (facts: Facts, model: string) =>
    QUEUE_SECONDS * CLASSIFIERS.filter((key) => key.startsWith(model)).reduce((sum, key) => sum + requestsOf(facts, key, ['none']), 0);
  const ofModel = (model: string): [string, Expected][] => {
    const [least, most] = [0.8 * queued(earlier, model), 4 * queued(later, model)];
    return [
      [`${model}/queue`, [least, most]],
      [`${model}/predict`, [least, 2 * most]],
      [`${model}/preprocess`, [0, most]],
      [`${model}/postprocess`, [0, most]],
    ];
  };
  return Object.fromEntries([...WITH_OBJECTIVE.flatMap(ofModel), [`${SERVED}/predict`, [1, later.uptimeSeconds]]]);
}

export const inference: Expectations = {
  [place('Requests per second (stat)')]: one((known) => requestRate(known)),
  [place('Errors (stat)')]: one(() => ERROR_SHARE),
  [place('Slowest p99 (stat)')]: one(() => [0.001, 2.5]),
  [place('In flight (stat)')]: one(() => [0, 20]),
  [place('Objective kept (stat)')]: one((known) => leastOf(kept, known)),
  [place('Error budget left (stat)')]: one((known) => leastOf(left, known)),
  [place('Requests of the time range by model (piechart)')]: each(['ml_model_name'], (known) =>
    Object.fromEntries(MODELS.map((model) => [model, growing((facts) => requestsOfModel(facts, model))(known)])),
  ),
  [place('Requests of the time range by operation (piechart)')]: each(['ml_operation_name'], (known) => {
    const told = (facts: Facts) => requestsOfModel(facts, SERVED) + requestsOfModel(facts, ASKED);
    return { classify: growing((facts) => requestsOf(facts) - told(facts))(known), generate: growing(told)(known) };
  }),
  [place('Objectives and how they are kept (table)', 'A')]: ofObjectives(() => OBJECTIVE.latencySeconds),
  [place('Objectives and how they are kept (table)', 'B')]: ofObjectives(() => OBJECTIVE.target),
  [place('Objectives and how they are kept (table)', 'C')]: ofObjectives(kept),
  [place('Objectives and how they are kept (table)', 'D')]: ofObjectives(missed),
  [place('Objectives and how they are kept (table)', 'E')]: ofObjectives(left),
  [place('Error budget left (bargauge)')]: ofObjectives(left),
  [place('Time of the time range by stage (piechart)')]: each(['ml_model_name', 'ml_inference_stage'], stageSeconds),
  [place('What is in service (table)', 'A')]: each([...VERSION, 'ml_model_revision', 'ml_system_name'], () => ({
    ...Object.fromEntries(CLASSIFIERS.map((key) => [`${key}/commit-${key.split('/')[1]}/tensorflow.js`, 1])),
    [`${SERVED}/${VERSIONS.storyteller[0]}//scripted`]: 1,
    'leaky///tensorflow.js': 1,
  })),
  [place('What is in service (table)', 'B')]: each(VERSION, ({ later }) =>
    Object.fromEntries(CLASSIFIERS.map((key) => [key, later.parameters[key.split('/')[0] ?? ''] ?? NaN])),
  ),
  [place('What is in service (table)', 'C')]: each(VERSION, () => warmUps),
  [place('Loads of the time range (table)', 'A')]: each([...VERSION, 'error_type'], () => Object.fromEntries(LOADS.map((key) => [key, 1]))),
  [place('Loads of the time range (table)', 'B')]: each([...VERSION, 'error_type'], () =>
    Object.fromEntries(LOADS.map((key) => [key, [0, 5]])),
  ),
  [place('Warm-up (bargauge)')]: each(VERSION, () => warmUps),
  [place('Tokens of the time range (piechart)')]: each(['gen_ai_request_model', 'gen_ai_provider_name', 'gen_ai_token_type'], (known) => {
    const tokens = (facts: Facts, type: 'input' | 'output') => facts.tokens.find(({ model }) => model === ASKED)?.[type] ?? 0;
    return {
      [`${ASKED}/openai/input`]: growing((facts) => tokens(facts, 'input'))(known),
      [`${ASKED}/openai/output`]: growing((facts) => tokens(facts, 'output'))(known),
    };
  }),
};

/** A first prediction takes at least as long as its place in the queue. */
const warmUps: Record<string, Expected> = Object.fromEntries(CLASSIFIERS.map((key) => [key, [0.9 * QUEUE_SECONDS, 5]]));
