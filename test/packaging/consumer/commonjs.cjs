// What a user's CommonJS module does. An import elsewhere in the process must reach the same registry.
const { defaultRegistry, trainingMetrics } = require('@modelmeter/core');

async function main() {
  const imported = await import('@modelmeter/core');
  imported.defaultRegistry().bind(trainingMetrics.trainingSteps, { 'ml.model.name': 'digits' }).add(1);
  defaultRegistry().bind(trainingMetrics.trainingSteps, { 'ml.model.name': 'digits' }).add(2);
  const { resourceMetrics } = await defaultRegistry().producer().collect();
  const metric = resourceMetrics.scopeMetrics[0].metrics.find(({ descriptor }) => descriptor.name === 'ml.training.steps');
  console.log(JSON.stringify(metric.dataPoints.map(({ attributes, value }) => ({ attributes, value }))));
}

void main();
