import { seriesCount } from '@modelmeter/core';
import { expect } from 'vitest';
import { testWith } from '../../../../test/servers/test-with.ts';
import { sum } from '../../src/promql/aggregate.ts';
import { gauge } from '../../src/promql/select.ts';
import { wrongAnswers } from './promql-answers.ts';

const promtoolTest = testWith('promtool');
const question = { query: sum(gauge(seriesCount), ['job']), series: { 'modelmeter_series{job="a"}': '7x10' }, at: '5m' };

promtoolTest('an answer that is as given is not wrong', async () => {
  expect(await wrongAnswers({ ...question, answers: { '{job="a"}': 7 } })).toBe('');
});

promtoolTest('another value, another series and no series are wrong', async () => {
  expect(await wrongAnswers({ ...question, answers: { '{job="a"}': 8 } })).toContain('FAILED');
  expect(await wrongAnswers({ ...question, answers: { '{job="b"}': 7 } })).toContain('FAILED');
  expect(await wrongAnswers({ ...question, answers: {} })).toContain('FAILED');
});
