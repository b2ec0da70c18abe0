import { inferenceMetrics, trainingMetrics } from '@modelmeter/core';
import { curve, legend } from '../../src/grafana/target.ts';
import { quantile, sum } from '../../src/promql/aggregate.ts';
import { rate } from '../../src/promql/over-time.ts';
import { bucketsOf, counter, countOf, gauge } from '../../src/promql/select.ts';

const { inferenceDuration, inferenceErrors } = inferenceMetrics;
const { trainingLoss } = trainingMetrics;
const errors = rate(counter(inferenceErrors));

// Labels that the metric has, required and optional, and those that every series has.
sum(errors, ['ml.model.name', 'ml.model.version', 'error.type', 'job', 'instance']);
gauge(trainingLoss, { 'ml.dataset.split': 'validation', 'ml.output.name': '', 'ml.run.id': { matches: 'run-.*' } });
counter(inferenceErrors, { 'error.type': { not: 'cancelled' } });
quantile(0.99, bucketsOf(inferenceDuration), { by: ['ml.model.name'] });
curve(sum(errors, ['error.type']), legend`errors ${'error.type'}`);

/* oxlint-disable-next-line import/namespace */ // @ts-expect-error there is no such metric
counter(inferenceMetrics.inferenceFailures);
// @ts-expect-error the metric does not have the label
sum(errors, ['ml.dataset.split']);
// @ts-expect-error the label was lost by the first sum
sum(sum(errors, ['ml.model.name']), ['error.type']);
// @ts-expect-error the label was lost by the sum
curve(sum(errors, ['ml.model.name']), legend`${'error.type'}`);
// @ts-expect-error the quantile has used up its buckets
quantile(0.99, bucketsOf(inferenceDuration), { by: ['le'] });
// @ts-expect-error the metric does not have the label
gauge(trainingLoss, { 'error.type': 'timeout' });
// @ts-expect-error the label never has the value
gauge(trainingLoss, { 'ml.dataset.split': 'valid' });
// @ts-expect-error a counter's value means nothing by itself
sum(counter(inferenceErrors));
// @ts-expect-error a counter is no gauge
gauge(inferenceErrors);
// @ts-expect-error a gauge has no rate
rate(gauge(trainingLoss));
// @ts-expect-error a gauge has no buckets
bucketsOf(trainingLoss);
// @ts-expect-error a histogram is counted by countOf
counter(inferenceDuration);

export const used = countOf(inferenceDuration);
