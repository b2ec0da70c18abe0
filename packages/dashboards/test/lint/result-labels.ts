import type { SyntaxNode } from '@lezer/common';
import type { Catalogue } from './catalogue.ts';
import { childrenOf, nodesOf, type Query, selectorsOf, textOf } from './promql.ts';

/** Labels, or `undefined` where they cannot be known: the metric is a foreign one. */
type Labels = ReadonlySet<string> | undefined;

/** Reports a label that is named where the series cannot have it. */
type Report = (label: string, where: string) => void;

const NONE: ReadonlySet<string> = new Set();
const SET_OPERATORS = ['Unless', 'And', 'Or'];

/** The labels that the series of a query's result may carry, by the labels of its metrics and what its aggregations keep of them. */
export function resultLabels(query: Query, catalogue: Catalogue, report: Report = () => {}): Labels {
  return labelsOf(query.root, { query, catalogue, report });
}

interface Context {
  readonly query: Query;
  readonly catalogue: Catalogue;
  readonly report: Report;
}

function labelsOf(node: SyntaxNode, context: Context): Labels {
  switch (node.name) {
    case 'VectorSelector':
      return selectorLabels(node, context);
    case 'AggregateExpr':
      return aggregateLabels(node, context);
    case 'FunctionCall':
      return functionLabels(node, context);
    case 'BinaryExpr':
      return operationLabels(node, context);
    case 'NumberDurationLiteral':
    case 'StringLiteral':
      return NONE;
    default:
      return operands(node).reduce<Labels>((labels, child) => union(labels, labelsOf(child, context)), NONE);
  }
}

/** Modifiers and ranges have no series. */
function operands(node: SyntaxNode): SyntaxNode[] {
  return childrenOf(node).filter(
    ({ name }) => /Expr$|Call$|Body$|Selector$|Literal$/.test(name) && !/DurationExpr|InDurationContext/.test(name),
  );
}

function selectorLabels(node: SyntaxNode, { query, catalogue, report }: Context): Labels {
  const [selector] = selectorsOf(query, node);
  const line = catalogue.get(selector?.metric ?? '');
  if (!selector || !line) return undefined;
  for (const { label } of selector.matchers) if (!line.labels.includes(label) && label !== '__name__') report(label, selector.metric);
  return new Set(line.labels);
}

function aggregateLabels(node: SyntaxNode, context: Context): Labels {
  const body = node.getChild('FunctionCallBody');
  const inner = body ? labelsOf(body, context) : NONE;
  const operator = textOf(context.query.text, node.getChild('AggregateOp'));
  const modifier = node.getChild('AggregateModifier');
  const named = namesIn(modifier, context);
  for (const label of named) if (inner && !inner.has(label)) context.report(label, operator);
  const made = operator === 'count_values' ? stringsIn(body, context).slice(0, 1) : [];
  if (modifier?.getChild('By')) return new Set([...named, ...made]);
  if (modifier?.getChild('Without')) return inner && new Set([...inner, ...made].filter((label) => !named.includes(label)));
  return ['topk', 'bottomk', 'limitk', 'limit_ratio'].includes(operator) ? inner : new Set(made);
}

function functionLabels(node: SyntaxNode, context: Context): Labels {
  const body = node.getChild('FunctionCallBody');
  const name = textOf(context.query.text, node.getChild('FunctionIdentifier'));
  const inner = body ? labelsOf(body, context) : NONE;
  if (name === 'histogram_quantile') {
    if (inner && !inner.has('le')) context.report('le', name);
    return inner && new Set([...inner].filter((label) => label !== 'le'));
  }
  if (name === 'label_replace' || name === 'label_join') return inner && new Set([...inner, ...stringsIn(body, context).slice(0, 1)]);
  if (name === 'scalar' || name === 'vector' || name === 'time') return NONE;
  return inner;
}

function operationLabels(node: SyntaxNode, context: Context): Labels {
  const [left, right] = operands(node);
  if (!left || !right) return undefined;
  const [leftLabels, rightLabels] = [labelsOf(left, context), labelsOf(right, context)];
  const modifier = node.getChild('MatchingModifierClause');
  const [matched, included] = groupings(modifier, context);
  const on = modifier?.getChild('On') ? matched : undefined;
  for (const label of on ?? []) {
    if ((leftLabels && !leftLabels.has(label)) || (rightLabels && !rightLabels.has(label))) context.report(label, 'on');
  }
  const [many, one] = modifier?.getChild('GroupRight') ? [rightLabels, leftLabels] : [leftLabels, rightLabels];
  for (const label of included) if (one && !one.has(label)) context.report(label, 'the group modifier');
  const operator = SET_OPERATORS.find((name) => node.getChild(name));
  if (operator === 'Or') return union(leftLabels, rightLabels);
  if (!on && !isScalar(left, context) && !isScalar(right, context)) {
    for (const label of difference(leftLabels, rightLabels))
      if (!matched.includes(label)) context.report(label, 'one side of an operation');
  }
  if (operator) return leftLabels;
  if (isScalar(left, context)) return rightLabels;
  if (isScalar(right, context)) return leftLabels;
  if (modifier?.getChild('GroupLeft') || modifier?.getChild('GroupRight')) return many && new Set([...many, ...included]);
  if (on) return new Set(on);
  return leftLabels && new Set([...leftLabels].filter((label) => !matched.includes(label)));
}

/** The labels of the clause, and those that a group modifier takes over. */
function groupings(modifier: SyntaxNode | null, context: Context): [string[], string[]] {
  if (!modifier) return [[], []];
  const hasMatching = modifier.getChild('On') ?? modifier.getChild('Ignoring');
  const lists = modifier.getChildren('GroupingLabels').map((list) => namesIn(list, context));
  return hasMatching ? [lists[0] ?? [], lists[1] ?? []] : [[], lists[0] ?? []];
}

function namesIn(node: SyntaxNode | null, { query }: Context): string[] {
  return node ? nodesOf('LabelName', node).map((name) => textOf(query.text, name)) : [];
}

function stringsIn(node: SyntaxNode | null, { query }: Context): string[] {
  return (node?.getChildren('StringLiteral') ?? []).map((literal) => textOf(query.text, literal).slice(1, -1));
}

/** Whether it is a number, which belongs to every series. */
function isScalar(node: SyntaxNode, { query }: Context): boolean {
  const inner = node.name === 'ParenExpr' ? (node.firstChild?.nextSibling ?? node) : node;
  return nodesOf('VectorSelector', node).length === 0 || textOf(query.text, inner.getChild('FunctionIdentifier')) === 'scalar';
}

/** Labels that only one side may have: series with them match none of the other side. */
function difference(a: Labels, b: Labels): string[] {
  return a && b ? [...[...a].filter((label) => !b.has(label)), ...[...b].filter((label) => !a.has(label))] : [];
}

function union(a: Labels, b: Labels): Labels {
  return a && b && new Set([...a, ...b]);
}
