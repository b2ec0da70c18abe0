import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { QueryApi } from '../servers/query-api.ts';
import type { DashboardModel, VariableModel } from './dashboard-model.ts';
import { allOf, choicesOf, resolveVariables } from './variables.ts';

/** Answers every question with the same labels or series; what it was asked. */
async function scriptedStore(data: unknown) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(decodeURIComponent(request.url ?? '').replaceAll('+', ' '));
    response.end(JSON.stringify({ status: 'success', data }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return { asked, store: new QueryApi('Scripted', `http://127.0.0.1:${(server.address() as AddressInfo).port}`) };
}

const dashboardWith = (...list: VariableModel[]): DashboardModel => ({ uid: 'd', title: 'D', panels: [], templating: { list } });

test('values of labels are asked for with what came before filled in, and are escaped as Grafana does', async () => {
  const { asked, store } = await scriptedStore(['a.b', 'c"d']);
  const resolved = await resolveVariables(
    store,
    dashboardWith(
      { name: 'datasource', type: 'datasource', query: 'prometheus' },
      { name: 'job', type: 'query', query: 'label_values(job)', includeAll: true, allValue: '.*' },
      { name: 'run', type: 'query', query: { query: 'label_values(runs{job=~"$job"}, run)' }, multi: true },
      { name: 'one', type: 'query', query: 'label_values(up, one)' },
    ),
    {},
  );
  expect(asked).toEqual([
    '/api/v1/label/job/values?nocache=1',
    '/api/v1/label/run/values?match[]=runs{job=~".*"}&nocache=1',
    '/api/v1/label/one/values?match[]=up&nocache=1',
  ]);
  expect(allOf(resolved)).toMatchObject({ job: '.*', run: '(a\\\\.b|c"d)' });
  expect(resolved.map(({ values }) => values)).toEqual([
    ['a\\\\.b', 'c"d'],
    ['a\\\\.b', 'c"d'],
    ['a.b', 'c\\"d'],
  ]);
});

test('results of queries are values as well', async () => {
  const { store } = await scriptedStore({ resultType: 'vector', result: [{ metric: { a: 'b' }, value: [0, '1'] }] });
  const [variable] = await resolveVariables(store, dashboardWith({ name: 'up', type: 'query', query: 'query_result(up)' }), {});
  expect(variable?.values).toHaveLength(1);
});

test('a variable without values, and one that nobody understands, is named', async () => {
  const { store } = await scriptedStore([]);
  const variable = { name: 'job', type: 'query', query: 'label_values(up, job)' };
  await expect(resolveVariables(store, dashboardWith(variable), {})).rejects.toThrow(
    'variable job of d has no values: label_values(up, job)',
  );
  await expect(resolveVariables(store, dashboardWith({ ...variable, query: 'jobs()' }), {})).rejects.toThrow('how to ask for jobs()');
});

test('in all choices together every value is chosen', () => {
  const variables = [
    { name: 'job', all: '.*', values: ['a'] },
    { name: 'run', all: '.*', values: ['1', '2', '3'] },
  ];
  expect(choicesOf(variables)).toEqual([
    { job: 'a', run: '1' },
    { job: 'a', run: '2' },
    { job: 'a', run: '3' },
  ]);
  expect(choicesOf([])).toEqual([]);
});
