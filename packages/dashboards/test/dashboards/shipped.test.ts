import { expect, test } from 'vitest';
import { drillDown, drillDownToInstance, linksFrom } from '../../src/dashboards/shipped.ts';

test('a dashboard links to all others, with the time and the variables', () => {
  const links = linksFrom('resources');
  expect(links.map(({ title }) => title)).toEqual(['Overview', 'Training', 'Inference', 'Telemetry health']);
  expect(links.every(({ keepTime, includeVars }) => keepTime && includeVars)).toBe(true);
});

test('a link from a value keeps the variables that all dashboards have', () => {
  expect(drillDown('inference', 'var-model=${__value.raw}')).toEqual({
    title: 'Open Inference',
    url: '/d/modelmeter-inference?${__url_time_range}&${datasource:queryparam}&${job:queryparam}&${instance:queryparam}&var-model=${__value.raw}',
  });
});

test('a link from an instance shows that one alone', () => {
  expect(drillDownToInstance('resources').url).toBe(
    '/d/modelmeter-resources?${__url_time_range}&${datasource:queryparam}&${job:queryparam}&var-instance=${__value.raw}',
  );
});
