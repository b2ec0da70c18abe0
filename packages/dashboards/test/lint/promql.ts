import type { SyntaxNode } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';

/** A query with Grafana's macros in it, parsed. Positions in the tree are those of the text. */
export interface Query {
  readonly text: string;
  readonly root: SyntaxNode;
  /** What does not parse. */
  readonly error?: string;
}

/** What selects series of a metric. */
export interface Selector {
  readonly node: SyntaxNode;
  /** As it is written, without range and offset. */
  readonly text: string;
  readonly metric: string;
  readonly matchers: readonly Matcher[];
  /** The range as it is written, such as `$__rate_interval`. */
  readonly range?: string;
  readonly hasOffset: boolean;
}

export interface Matcher {
  readonly label: string;
  readonly operator: string;
  /** Without the quotes. */
  readonly value: string;
}

const STRING_OR_VARIABLE = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`|\$\{\w+(?::\w+)?\}|\$\w+/g;

/**
 * Parses PromQL in which variables of Grafana stand where a duration or a number may. A duration or number of the same length takes their place,
 * since the parser knows no variables; in strings they stay.
 */
export function parse(text: string): Query {
  const parsable = text.replace(STRING_OR_VARIABLE, (found, at: number) => {
    if (!found.startsWith('$')) return found;
    const isDuration = /(\[|:|offset)\s*$/.test(text.slice(0, at)) && !/^[a-z]/.test(text.slice(at + found.length));
    return isDuration ? `${'1'.padStart(found.length - 1, '0')}s` : '1'.padStart(found.length, '0');
  });
  const tree = parser.parse(parsable);
  let error: string | undefined = /^\s*$/.test(text) ? 'it is empty' : undefined;
  tree.iterate({
    enter: ({ type, from }) => {
      if (type.isError) error ??= `unexpected ${text.slice(from, from + 12) || 'end'}`;
    },
  });
  return { text, root: tree.topNode, ...(error === undefined ? {} : { error }) };
}

export function selectorsOf({ text, root }: Query, within: SyntaxNode = root): Selector[] {
  return nodesOf('VectorSelector', within).map((node) => {
    const matchers = nodesOf('UnquotedLabelMatcher', node).map((matcher) => ({
      label: textOf(text, matcher.getChild('LabelName')),
      operator: textOf(text, matcher.getChild('MatchOp')),
      value: textOf(text, matcher.getChild('StringLiteral')).slice(1, -1),
    }));
    const range = node.parent?.getChild('DurationExpr');
    return {
      node,
      text: textOf(text, node),
      metric: textOf(text, node.getChild('Identifier')) || (matchers.find(({ label }) => label === '__name__')?.value ?? ''),
      matchers,
      ...(node.parent?.name === 'MatrixSelector' && range ? { range: textOf(text, range) } : {}),
      // The parser hangs an offset onto whole operations; what counts is where it stands.
      hasOffset: /^(\[[^\]]*\])?\s*offset\b/.test(text.slice(node.to)),
    };
  });
}

/** The nodes of that type, the one itself included. */
export function nodesOf(type: string, within: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  const visit = (node: SyntaxNode) => {
    if (node.name === type) found.push(node);
    for (let child = node.firstChild; child; child = child.nextSibling) visit(child);
  };
  visit(within);
  return found;
}

export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) children.push(child);
  return children;
}

/** The function or aggregation whose argument a node is, past parentheses, ranges and offsets. */
export function callOf({ text }: Query, node: SyntaxNode): string {
  let parent = node.parent;
  while (
    parent &&
    ['MatrixSelector', 'SubqueryExpr', 'OffsetExpr', 'StepInvariantExpr', 'ParenExpr', 'FunctionCallBody'].includes(parent.name)
  )
    parent = parent.parent;
  return textOf(text, parent?.getChild('FunctionIdentifier') ?? parent?.getChild('AggregateOp') ?? null);
}

export function textOf(text: string, node: SyntaxNode | null | undefined): string {
  return node ? text.slice(node.from, node.to) : '';
}
