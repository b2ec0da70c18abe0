import { trainingMetrics } from '@modelmeter/core';
import { expect, test } from 'vitest';
import { max } from '../../src/promql/aggregate.ts';
import { labelReplace } from '../../src/promql/label-replace.ts';
import { everywhere } from '../../src/promql/scope.ts';
import { gauge } from '../../src/promql/select.ts';

test('a label that is made of another one can be aggregated by', () => {
  const vector = gauge(trainingMetrics.trainingRunActive);
  const withHost = labelReplace(vector, { target: 'host', replacement: '$1', source: 'instance', regex: '(.+?)(:\\d+)?' });
  expect(max(withHost, ['host']).render(everywhere)).toBe(
    'max by (host) (label_replace(ml_training_run_active, "host", "$1", "instance", "(.+?)(:\\\\d+)?"))',
  );
  // @ts-expect-error a run has no version
  labelReplace(vector, { target: 'host', replacement: '$1', source: 'ml.model.version', regex: '.*' });
});
