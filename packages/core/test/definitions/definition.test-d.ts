import {
  attributes,
  type AttributesOf,
  defineMetric,
  type MetricDefinition,
  openAttribute,
  Registry,
  seriesCount,
  trainingMetrics,
} from '../../src/index.ts';

const { trainingEpoch, trainingLoss, trainingRunInfo, trainingSteps } = trainingMetrics;
const registry = new Registry();
const digits = { 'ml.model.name': 'digits' };

// What a series may carry.
registry.bind(trainingSteps, digits);
registry.bind(trainingEpoch, { ...digits, 'ml.run.id': 'r1' });
registry.bind(trainingEpoch, { ...digits, 'ml.run.id': undefined });
registry.bind(trainingLoss, { ...digits, 'ml.dataset.split': 'validation' });
registry.bind(trainingRunInfo, { ...digits, 'ml.training.batch_size': 32 });
registry.bind(seriesCount, {});

// @ts-expect-error the model is missing
registry.bind(trainingSteps, {});
// @ts-expect-error the split is missing
registry.bind(trainingLoss, digits);
// @ts-expect-error an attribute that a series must have is not undefined
registry.bind(trainingSteps, { 'ml.model.name': undefined });
// @ts-expect-error the metric does not have the attribute
registry.bind(trainingSteps, { 'ml.model.name': 'digits', 'ml.run.id': 'r1' });
// @ts-expect-error no metric has the attribute
registry.bind(trainingSteps, { 'ml.model.name': 'digits', model: 'digits' });
// @ts-expect-error the metric has no attributes at all
registry.bind(seriesCount, { 'ml.model.name': 'digits' });
// @ts-expect-error a string is no set of attributes
registry.bind(seriesCount, 'digits');
// @ts-expect-error the split is none of the listed ones
registry.bind(trainingLoss, { 'ml.model.name': 'digits', 'ml.dataset.split': 'val' });
// @ts-expect-error the result of a run is none of the listed ones
registry.bind(trainingRunInfo, { 'ml.model.name': 'digits', 'ml.training.result': 'done' });
// @ts-expect-error a model's name is a string
registry.bind(trainingSteps, { 'ml.model.name': 1 });
// @ts-expect-error a batch size is a number
registry.bind(trainingRunInfo, { 'ml.model.name': 'digits', 'ml.training.batch_size': '32' });
// @ts-expect-error an attribute has one value
registry.bind(trainingSteps, { 'ml.model.name': ['digits'] });
// @ts-expect-error a run checks as the registry does
registry.beginRun().bind(trainingLoss, digits);

// @ts-expect-error a metric of this instrument does not exist
defineMetric({ name: 'test.size', instrument: 'summary', unit: 'By', description: 'Size.', attributes: [], stability: 'development' });
// @ts-expect-error a metric has a unit, if an empty one
defineMetric({ name: 'test.size', instrument: 'gauge', description: 'Size.', attributes: [], stability: 'development' });
openAttribute({ key: 'test.part', limit: 3, limitPer: attributes.modelName });
// @ts-expect-error a limit is per an attribute, not per a key
openAttribute({ key: 'test.part', limit: 3, limitPer: 'ml.model.name' });

/** Code that does not know the metric passes on what it is given. */
export function bindAny<D extends MetricDefinition>(definition: D, attributes: AttributesOf<D>): void {
  registry.bind(definition, attributes);
}
