import { type AttributeDefinition, attributes, type MetricDefinition, openAttribute, trainingMetrics } from '@modelmeter/core';
import { expect, test } from 'vitest';
import { allAttributeRules, allMetricRules } from './all-rules.ts';

const { trainingProgress: gauge, trainingStepDuration: histogram } = trainingMetrics;
const { modelName: open, modelVersion: limitedPerModel, timing: closed } = attributes;

const named = (...names: string[]) => names.map((name) => ({ ...gauge, name }));
const inUnit = (...units: string[]) => units.map((unit) => ({ ...gauge, unit }));
const described = (...descriptions: string[]) => descriptions.map((description) => ({ ...gauge, description }));
const bounded = (...lists: number[][]) => lists.map((bounds) => ({ ...histogram, bounds }));
const keyed = (...keys: string[]) => keys.map((key) => ({ ...open, key }));
const listing = (...lists: (string | number)[][]) => lists.map((values) => ({ ...closed, values }));

/** What each rule catches. */
const metricFaults: Readonly<Record<string, readonly MetricDefinition[]>> = {
  nameIsDotted: named('ml', 'ml.Loss', 'ml.loss-rate', 'ml..loss', 'ml.a__b', 'ml.1st', 'ml.loss.', 'ml._a'),
  nameHasKnownNamespace: named('training.loss', 'mlx.loss', 'loss'),
  nameHasNoUnit: named('ml.steps.total', 'ml.total_steps', 'ml.hit.ratio', 'ml.wait_seconds', 'ml.bytes.read', 'ml.milliseconds'),
  nameEndsAsNoLine: named('ml.step.count', 'ml.step_sum', 'ml.step.bucket', 'ml.step.created'),
  descriptionIsSentence: described('', 'Steps done', 'steps done.', 'Steps done. ', 'Steps done..'),
  unitIsAllowed: inUnit('ms', 'kBy', '%', '{Run}', 'run', '{a run}', 'seconds', '{}'),
  unitIsNoRate: inUnit('By/s', '1/s', '{step}/s'),
  ratioIsGauge: (['counter', 'updowncounter', 'histogram'] as const).map((instrument) => ({ ...gauge, instrument })),
  durationIsInSeconds: named('ml.step.duration', 'ml.start_time', 'ml.label.delay', 'ml.objective.latency'),
  memoryIsInBytes: named('tfjs.memory.usage', 'tfjs.memory.gpu.usage', 'system.memory.limit'),
  histogramHasUnit: [{ ...histogram, unit: '' }],
  histogramHasSortedBounds: bounded([], [1], [1, 1], [2, 1], [-1, 1], [1, Infinity], [NaN, 1]),
  onlyHistogramHasBounds: [{ ...gauge, bounds: [1, 2] }],
  attributesAreKnown: [
    { ...gauge, attributes: [{ ...open }] },
    { ...gauge, optionalAttributes: [openAttribute({ key: 'ml.own' })] },
  ],
  limitIsPerCarriedAttribute: [
    { ...gauge, attributes: [], optionalAttributes: [limitedPerModel] },
    { ...gauge, attributes: [limitedPerModel], optionalAttributes: [open] },
    { ...gauge, attributes: [{ ...open }, limitedPerModel] },
  ],
  labelsAreDistinct: [{ ...gauge, optionalAttributes: keyed('ml.model_name') }],
};

const attributeFaults: Readonly<Record<string, readonly AttributeDefinition[]>> = {
  keyIsLowerCase: keyed('', 'Model', 'ml.model-name', 'ml..name', '__name__', 'ml.a__b', '1st'),
  keyIsNamespaced: keyed('model', 'model_name'),
  keyIsNotReserved: keyed('le', 'quantile', 'job', 'instance'),
  valuesAreLimited: [{ key: 'a.b' }, { ...open, limit: 0 }, { ...open, limit: 1.5 }, ...listing([], ['a', 'a'])],
  valuesAreLowerCase: listing(['Complete'], ['early-stopped'], ['']),
};

test('every rule has a planted fault', () => {
  expect(Object.keys(metricFaults).sort()).toEqual(allMetricRules.map(({ name }) => name).sort());
  expect(Object.keys(attributeFaults).sort()).toEqual(allAttributeRules.map(({ name }) => name).sort());
});

test.each(allMetricRules.map((rule) => [rule.name, rule] as const))('%s catches its faults and lets good metrics pass', (name, rule) => {
  for (const good of [gauge, histogram]) expect(rule(good)).toBeUndefined();
  for (const fault of metricFaults[name] ?? []) expect([fault, rule(fault)]).toEqual([fault, expect.any(String)]);
});

test.each(allAttributeRules.map((rule) => [rule.name, rule] as const))(
  '%s catches its faults and lets good attributes pass',
  (name, rule) => {
    for (const good of [open, closed]) expect(rule(good)).toBeUndefined();
    for (const fault of attributeFaults[name] ?? []) expect([fault, rule(fault)]).toEqual([fault, expect.any(String)]);
  },
);
