import { expect } from 'vitest';
import { testWith } from '../../../../../test/servers/test-with.ts';
import { release } from '../../../src/dashboards/inference/releases.ts';
import { wrongAnswers } from '../promql-answers.ts';

const promtoolTest = testWith('promtool');

const info = (version: string, instance: string) =>
  `ml_model_info{ml_model_name="digits", ml_model_version="${version}", ml_model_revision="r${version}", instance="${instance}"}`;
const mark = (version: string) => `{ml_model_name="digits", ml_model_version="${version}", ml_model_revision="r${version}"}`;

promtoolTest('a new version is a release', async () => {
  const series = { [info('1', 'a')]: '1x20', [info('2', 'b')]: '_x10 1x10' };
  expect(await wrongAnswers({ query: release.query, series, at: '12m', answers: { [mark('2')]: 1 } })).toBe('');
});

promtoolTest('another instance of a version, and a restart, are none', async () => {
  const series = { [info('1', 'a')]: '1x8 _x12', [info('1', 'b')]: '_x10 1x10' };
  expect(await wrongAnswers({ query: release.query, series, at: '12m', answers: {} })).toBe('');
});

promtoolTest('the mark ends after five minutes', async () => {
  const series = { [info('2', 'b')]: '_x10 1x10' };
  expect(await wrongAnswers({ query: release.query, series, at: '17m', answers: {} })).toBe('');
});
