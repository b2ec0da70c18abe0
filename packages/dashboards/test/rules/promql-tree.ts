import { parser } from '@prometheus-io/lezer-promql';

/** The texts of the nodes of some kinds in a formula, such as `Identifier`. @throws SyntaxError where the formula does not parse. */
export function nodesOf(formula: string, ...kinds: readonly string[]): string[] {
  const texts: string[] = [];
  parser.parse(formula).iterate({
    enter({ type, from, to }) {
      if (type.isError) throw new SyntaxError(`no PromQL at ${from}: ${formula}`);
      if (kinds.includes(type.name)) texts.push(formula.slice(from, to));
    },
  });
  return texts;
}

/** Names of the metrics that a formula reads. */
export function metricNames(formula: string): string[] {
  return [...new Set(nodesOf(formula, 'VectorSelector').map((selector) => /^[\w:]+/.exec(selector)?.[0] ?? ''))];
}
