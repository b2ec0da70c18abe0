// What a user's ES module does: records with the installed packages, and prints what it reads back.
import { defaultRegistry, trainingMetrics } from '@modelmeter/core';

const steps = defaultRegistry().bind(trainingMetrics.trainingSteps, { 'ml.model.name': 'digits' });
steps.add(3);
const { resourceMetrics } = await defaultRegistry().producer().collect();
const metric = resourceMetrics.scopeMetrics[0].metrics.find(({ descriptor }) => descriptor.name === 'ml.training.steps');
console.log(JSON.stringify(metric.dataPoints.map(({ attributes, value }) => ({ attributes, value }))));
