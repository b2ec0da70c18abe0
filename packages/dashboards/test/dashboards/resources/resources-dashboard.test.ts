import type { SyntaxNode } from '@lezer/common';
import { expect, test } from 'vitest';
import { resourcesDashboard } from '../../../src/dashboards/resources/resources-dashboard.ts';
import { contentPanels, type Dashboard, topLevel } from '../../lint/dashboard-json.ts';
import { nodesOf, parse, type Query, selectorsOf, textOf } from '../../lint/promql.ts';

const dashboard = JSON.parse(JSON.stringify(resourcesDashboard())) as Dashboard;
const queries = contentPanels(dashboard).flatMap(({ title, targets = [] }) =>
  targets.map(({ expr = '' }) => ({ title, query: parse(expr) })),
);

/** Host and GPU are reported by one process, which another may take over from; several processes of a container each report it. */
const SHARED = /^(system|hw|container|modelmeter_container)_/;

/** The innermost aggregation around a node, as its name and what it keeps. */
function aggregationAround({ text }: Query, node: SyntaxNode): { readonly name: string; readonly by: readonly string[] } {
  let parent = node.parent;
  while (parent && parent.name !== 'AggregateExpr') parent = parent.parent;
  const modifier = parent?.getChild('AggregateModifier');
  return {
    name: textOf(text, parent?.getChild('AggregateOp')),
    by: modifier ? nodesOf('LabelName', modifier).map((one) => textOf(text, one)) : [],
  };
}

/** Whether values of several instances are added up, or averaged. */
function isMixed(query: Query, node: SyntaxNode): boolean {
  const { name, by } = aggregationAround(query, node);
  return !['max', 'min'].includes(name) && !by.includes('instance');
}

test('values of hosts, containers and GPUs are never added up over instances', () => {
  const mixed = queries.filter(({ query }) => selectorsOf(query).some(({ metric, node }) => SHARED.test(metric) && isMixed(query, node)));
  // An average of shares, which says so, and of which every mode is there on every host.
  expect(mixed.map(({ title }) => title)).toEqual(['CPU by mode']);
});

test('a sum over instances would be found', () => {
  const planted = parse('sum by (system_memory_state) (system_memory_usage_bytes{job=~"$job"})');
  expect(selectorsOf(planted).map(({ node }) => isMixed(planted, node))).toEqual([true]);
});

test('a GPU is known by its identifier, whoever reports it', () => {
  const ofGpus = queries.filter(({ title, query }) => title !== 'Fullest GPU' && /\bhw_/.test(query.text));
  expect(ofGpus.length).toBeGreaterThan(10);
  const unknown = ofGpus.filter(({ query }) => selectorsOf(query).some(({ node }) => !aggregationAround(query, node).by.includes('hw_id')));
  expect(unknown.map(({ title }) => title)).toEqual([]);
});

test('training and serving stand beside the resources, and beside the GPUs once more', () => {
  const loads = queries.filter(({ query }) => /ml_training_steps_total|ml_inference_duration_seconds_count/.test(query.text));
  expect([...new Set(loads.map(({ title }) => title))]).toEqual(['Training steps', 'Inference requests', 'Steps and requests']);
});

test('containers and GPUs, which not everybody has, are in collapsed rows', () => {
  const collapsed = topLevel(dashboard).filter((panel) => panel.type === 'row' && panel.collapsed === true);
  expect(collapsed.map(({ title }) => title)).toEqual(['Containers', 'GPUs']);
});
