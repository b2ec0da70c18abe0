import { attributes as attribute, inferenceMetrics, trainingMetrics } from '@modelmeter/core';
import { describe, expect, test } from 'vitest';
import { markAt, markWhile } from '../../src/grafana/annotations.ts';
import { barChart } from '../../src/grafana/bar-chart.ts';
import { dashboard } from '../../src/grafana/dashboard.ts';
import { fieldJson, NOT_REPORTING } from '../../src/grafana/field.ts';
import { heatMap } from '../../src/grafana/heat-map.ts';
import { barGauge, gaugePanel, pieChart, stat } from '../../src/grafana/single-value.ts';
import { stateTimeline } from '../../src/grafana/state-timeline.ts';
import { table } from '../../src/grafana/table.ts';
import { curve, latest, legend } from '../../src/grafana/target.ts';
import { text } from '../../src/grafana/text.ts';
import { timeSeries } from '../../src/grafana/time-series.ts';
import { attributeVariable } from '../../src/grafana/variables.ts';
import { bucketRates, sum } from '../../src/promql/aggregate.ts';
import { rate } from '../../src/promql/over-time.ts';
import { everywhere } from '../../src/promql/scope.ts';
import { bucketsOf, counter, gauge } from '../../src/promql/select.ts';

const { inferenceDuration, inferenceErrors } = inferenceMetrics;
const { trainingRunActive, trainingRunEndTime } = trainingMetrics;
const active = gauge(trainingRunActive);
const errors = sum(rate(counter(inferenceErrors)), ['ml.model.name', 'error.type']);
const base = { title: 'Title', description: 'What it shows.', unit: 'short' } as const;
const source = { type: 'prometheus', uid: '${datasource}' };

describe('a field', () => {
  test('without a value says where to look, or what its panel says', () => {
    expect(fieldJson({ unit: 's' })).toEqual({ unit: 's', noValue: NOT_REPORTING });
    expect(fieldJson({ unit: 's', noValue: 'No run' })).toEqual({ unit: 's', noValue: 'No run' });
  });

  test('shows a text in place of zero and of what is no number', () => {
    const { mappings } = fieldJson({ unit: 'reqps', zero: 'No traffic', texts: { '1': { text: 'One', color: 'red' } } });
    expect(mappings).toEqual([
      { type: 'value', options: { '0': { text: 'No traffic', index: 0 }, '1': { text: 'One', color: 'red', index: 1 } } },
      { type: 'special', options: { match: 'nan', result: { text: 'No traffic', index: 2 } } },
    ]);
  });

  test('has the colour of the first threshold from minus infinity on', () => {
    expect(fieldJson({ unit: 's', thresholds: ['green', [1, 'red']] }).thresholds).toEqual({
      mode: 'absolute',
      steps: [
        { value: null, color: 'green' },
        { value: 1, color: 'red' },
      ],
    });
  });
});

describe('a panel', () => {
  test('describes the metrics that it reads, and asks the data source that the reader picks', () => {
    const panel = stat({ ...base, targets: [latest(sum(active)), curve(errors, legend`${'error.type'}`)] }).build(everywhere);
    expect(panel.description).toBe('What it shows.\n\nMetrics: `ml_training_run_active`, `ml_inference_errors_total`');
    expect(panel.datasource).toEqual(source);
    expect(panel.targets).toMatchObject([
      { refId: 'A', datasource: source, expr: 'sum(ml_training_run_active)', instant: true, range: false },
      { refId: 'B', datasource: source, legendFormat: '{{error_type}}', instant: false, range: true },
    ]);
  });

  test('of one value takes the last; a sparkline is drawn where there is a curve', () => {
    const options = (targets: Parameters<typeof stat>[0]['targets']) => stat({ ...base, targets }).build(everywhere).options;
    expect(options([latest(active)])).toMatchObject({ graphMode: 'none', reduceOptions: { calcs: ['lastNotNull'], values: false } });
    expect(options([curve(active, legend`x`)])).toMatchObject({ graphMode: 'area' });
    const targets = [latest(active, legend`${'ml.model.name'}`)];
    expect(gaugePanel({ ...base, min: 0, max: 1, targets }).build(everywhere)).toMatchObject({
      type: 'gauge',
      fieldConfig: { defaults: { min: 0, max: 1 } },
    });
    expect(barGauge({ ...base, targets }).build(everywhere)).toMatchObject({ type: 'bargauge', options: { orientation: 'horizontal' } });
    expect(pieChart({ ...base, targets }).build(everywhere)).toMatchObject({
      type: 'piechart',
      options: { legend: { values: ['value', 'percent'] } },
    });
  });

  test('of curves has a legend with statistics, stacks or draws bars where asked, and lines at thresholds', () => {
    const custom = (options: object) =>
      timeSeries({ ...base, targets: [curve(active, legend`${'ml.model.name'}`)], ...options }).build(everywhere).fieldConfig?.defaults
        .custom;
    expect(custom({})).toMatchObject({
      drawStyle: 'line',
      stacking: { mode: 'none' },
      scaleDistribution: { type: 'linear' },
      axisSoftMin: 0,
    });
    expect(custom({ draw: 'stack' })).toMatchObject({ drawStyle: 'line', stacking: { mode: 'normal' } });
    expect(custom({ draw: 'bars' })).toMatchObject({ drawStyle: 'bars' });
    expect(custom({ scale: 'log' })).toMatchObject({ scaleDistribution: { type: 'log', log: 10 }, axisSoftMin: undefined });
    expect(custom({ thresholdLines: true })).toMatchObject({ thresholdsStyle: { mode: 'line' } });
    expect(timeSeries({ ...base, targets: [], legend: ['sum'] }).build(everywhere).options).toMatchObject({
      legend: { showLegend: true, calcs: ['sum'] },
    });
  });

  test('of states shows the texts of its values', () => {
    const panel = stateTimeline({ ...base, texts: { '1': { text: 'Up' } }, targets: [curve(active, legend`${'ml.model.name'}`)] }).build(
      everywhere,
    );
    expect(panel).toMatchObject({
      type: 'state-timeline',
      fieldConfig: { defaults: { mappings: [{ options: { '1': { text: 'Up' } } }] } },
    });
  });

  test('of a histogram draws its buckets as they are, with the unit on the axis', () => {
    const panel = heatMap({ ...base, unit: 's', buckets: bucketRates(bucketsOf(inferenceDuration)) }).build(everywhere);
    expect(panel).toMatchObject({
      type: 'heatmap',
      targets: [{ format: 'heatmap', legendFormat: '{{le}}', range: true }],
      options: { calculate: false, yAxis: { unit: 's' } },
    });
  });

  test('with a bar for each value of a label keeps that label and the value, the largest first', () => {
    const panel = barChart({ ...base, query: sum(errors, ['error.type']), by: 'error.type', name: 'Errors' }).build(everywhere);
    expect(panel).toMatchObject({
      type: 'barchart',
      targets: [{ format: 'table', instant: true }],
      options: { xField: 'error_type' },
      transformations: [
        { id: 'organize', options: { excludeByName: { Time: true }, renameByName: { Value: 'Errors' } } },
        { id: 'sortBy', options: { sort: [{ field: 'Errors', desc: true }] } },
      ],
    });
  });

  test('as a table merges its queries to rows, names the columns, and formats each by its title', () => {
    const panel = table({
      ...base,
      labels: { 'ml.model.name': 'Model', 'error.type': 'Error' },
      labelLinks: { Model: { title: 'Open', url: '/d/x' } },
      sortBy: 'Errors',
      columns: [
        { title: 'Info', query: errors, unit: 'none', isHidden: true },
        { title: 'Errors', query: errors, unit: 'ops', thresholds: ['green', [1, 'red']], isColored: true },
      ],
    }).build(everywhere);
    expect(panel.transformations).toEqual([
      { id: 'merge', options: {} },
      {
        id: 'organize',
        options: {
          excludeByName: { Time: true, 'Value #A': true },
          indexByName: { ml_model_name: 0, error_type: 1, 'Value #A': 2, 'Value #B': 3 },
          renameByName: { ml_model_name: 'Model', error_type: 'Error', 'Value #A': 'Info', 'Value #B': 'Errors' },
        },
      },
    ]);
    expect(panel.fieldConfig?.overrides).toMatchObject([
      { matcher: { id: 'byName', options: 'Errors' } },
      {
        matcher: { id: 'byName', options: 'Model' },
        properties: [{ id: 'links', value: [{ title: 'Open', url: '/d/x', targetBlank: false }] }],
      },
    ]);
    expect(panel.fieldConfig?.overrides[0]?.properties).toContainEqual({ id: 'unit', value: 'ops' });
    expect(panel.options).toMatchObject({ sortBy: [{ displayName: 'Errors', desc: true }] });
  });

  test('of text asks nothing', () => {
    expect(text({ title: 'Help', content: '**Look**' }).build(everywhere)).toMatchObject({
      type: 'text',
      options: { content: '**Look**' },
    });
  });
});

describe('a dashboard', () => {
  const json = dashboard({
    uid: 'modelmeter-x',
    title: 'X',
    description: 'x',
    variables: [
      attributeVariable('model', 'Model', attribute.modelName, active),
      attributeVariable('run', 'Run', attribute.runId, gauge(trainingRunEndTime)),
    ],
    annotations: [
      markAt('Ends', 'blue', gauge(trainingRunEndTime), legend`${'ml.model.name'}`),
      markWhile('Trains', 'purple', active, legend`${'ml.model.name'}`),
    ],
    links: [],
    top: [stat({ ...base, targets: [latest(active)] })],
    rows: [],
  });

  test('offers the data source first; a variable is narrowed by those before it', () => {
    expect(json.templating?.list).toMatchObject([
      { name: 'datasource', type: 'datasource', query: 'prometheus' },
      { name: 'model', query: 'label_values(ml_training_run_active, ml_model_name)', allValue: '.*', refresh: 2 },
      { name: 'run', query: 'label_values(ml_training_run_end_time_seconds{ml_model_name=~"$model"}, ml_run_id)' },
    ]);
  });

  test('marks times that are values, in milliseconds, and times at which there are values', () => {
    expect(json.annotations?.list?.slice(1)).toMatchObject([
      { expr: 'ml_training_run_end_time_seconds{ml_model_name=~"$model", ml_run_id=~"$run"} * 1000', useValueForTime: true },
      { expr: 'ml_training_run_active{ml_model_name=~"$model"}', useValueForTime: false },
    ]);
  });

  test('is of the schema version that Grafana 10.4 and newer read, has no number of its own, and cannot be edited in place', () => {
    expect(json).toMatchObject({ uid: 'modelmeter-x', schemaVersion: 39, editable: false });
    expect(json).not.toHaveProperty('id');
  });
});
