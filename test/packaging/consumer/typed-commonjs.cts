// The same declarations, reached through `require`.
import core = require('@modelmeter/core');

export const steps: core.BoundCounter = core.defaultRegistry().bind(core.trainingMetrics.trainingSteps, { 'ml.model.name': 'digits' });

// @ts-expect-error a missing attribute
core.defaultRegistry().bind(core.trainingMetrics.trainingSteps, {});
